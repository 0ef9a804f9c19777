package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** With what one logs in to a machine; only public keys are offered, never a password. */
sealed interface Login {
    /** The keys to offer; throws a Failure when one that was asked for can't be used. */
    List<KeyPair> keys();

    /** The agent that is asked as well. */
    Optional<Path> agent();

    /** What is offered, for a person who is not let in. */
    String described();

    /** What that person does about it. */
    String advice();

    /**
     * Meridian's own key, and nothing of the person's.
     *
     * @param key the key
     */
    record Own(DeployKey key) implements Login {
        public Own {
            requireNonNull(key, "key is null");
        }

        @Override
        public List<KeyPair> keys() {
            return List.of(key.keyPair());
        }

        @Override
        public Optional<Path> agent() {
            return Optional.empty();
        }

        @Override
        public String described() {
            return key.described();
        }

        @Override
        public String advice() {
            return key.advice();
        }
    }

    /**
     * The person's keys: the files that were named, or those of the usual names; the team's comes before them. The agent is
     * asked where no named file can be read without a passphrase, since a server gives up after a few keys (sshd_config,
     * MaxAuthTries).
     *
     * @param team   the key that all deployers share; empty where everybody logs in with their own
     * @param named  the files that the configuration names; may be empty
     * @param usual  files of the usual names, which need not exist
     * @param socket the agent's socket
     */
    record Personal(Optional<DeployKey> team, List<Path> named, List<Path> usual, Optional<Path> socket)
            implements Login {
        public Personal {
            requireNonNull(team, "team is null");
            named = List.copyOf(named);
            usual = List.copyOf(usual);
            requireNonNull(socket, "socket is null");
        }

        @Override
        public List<KeyPair> keys() {
            return Stream.concat(
                            team.stream().map(DeployKey::keyPair),
                            files().stream().flatMap(file -> KeyFile.read(file).stream()))
                    .toList();
        }

        @Override
        public Optional<Path> agent() {
            boolean enough = named.stream().anyMatch(file -> KeyFile.read(file).isPresent());
            return enough ? Optional.empty() : present();
        }

        @Override
        public String described() {
            List<Path> files = files();
            String keys = files.isEmpty()
                    ? team.map(DeployKey::described).orElse("no key file")
                    : team.map(key -> key.described() + ", ").orElse("") + "the key "
                            + String.join(
                                    ", ", files.stream().map(Path::toString).toList());
            return keys + " and " + (agent().isPresent() ? "the SSH agent's keys" : "no SSH agent");
        }

        @Override
        public String advice() {
            List<Path> locked = files().stream().filter(KeyFile::locked).toList();
            if (!locked.isEmpty()) {
                return locked.getFirst() + " has a passphrase: run 'ssh-add " + locked.getFirst() + "' first.";
            }
            if (team.isPresent()) {
                return "Put this line into the user's ~/.ssh/authorized_keys there: "
                        + team.get().publicKey() + " meridian";
            }
            return "Put your public key into the user's ~/.ssh/authorized_keys there, or name another key with"
                    + " 'key' under 'ssh', or another user in the machine's address.";
        }

        private Optional<Path> present() {
            return socket.filter(Files::exists);
        }

        private List<Path> files() {
            return named.isEmpty() ? usual.stream().filter(Files::isReadable).toList() : named;
        }
    }
}
