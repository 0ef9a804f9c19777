package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.ssh.KnownHosts.Verdict;

/** How a machine's host key is known before the first connection. */
sealed interface Trust {
    /** Whether the machine is the one that is meant. */
    boolean accepts(PublicKey presented);

    /** The types of the keys that are known, such as {@code ssh-ed25519}, which the machine is asked for first. */
    List<String> keyTypes();

    /** Says why a key was not accepted, and what a person does about it. */
    Failure refusal(Endpoint machine, PublicKey presented);

    /**
     * Exactly this key, learned from the provider that made the machine.
     *
     * @param key the key in OpenSSH's form
     */
    record Pinned(String key) implements Trust {
        public Pinned {
            requireNonNull(key, "key is null");
        }

        @Override
        public boolean accepts(PublicKey presented) {
            return PublicKeyEntry.toString(presented).equals(key);
        }

        @Override
        public List<String> keyTypes() {
            return List.of(key.substring(0, Math.max(0, key.indexOf(' '))));
        }

        @Override
        public Failure refusal(Endpoint machine, PublicKey presented) {
            return SshFailures.otherHostKey(machine, key, PublicKeyEntry.toString(presented));
        }
    }

    /**
     * What the person's files of known hosts say.
     *
     * @param hosts the files
     * @param host  the name that the machine has in them
     * @param port  the port of its sshd
     */
    record Known(KnownHosts hosts, String host, int port) implements Trust {
        public Known {
            requireNonNull(hosts, "hosts is null");
            requireNonNull(host, "host is null");
        }

        @Override
        public boolean accepts(PublicKey presented) {
            return hosts.judge(host, port, presented).verdict() == Verdict.KNOWN;
        }

        @Override
        public List<String> keyTypes() {
            return hosts.keyTypes(host, port);
        }

        @Override
        public Failure refusal(Endpoint machine, PublicKey presented) {
            KnownHosts.Judgement judgement = hosts.judge(host, port, presented);
            String fingerprint = KeyUtils.getFingerPrint(presented);
            return switch (judgement.verdict()) {
                case REVOKED -> SshFailures.revokedHostKey(machine, fingerprint, judgement.place());
                case CHANGED ->
                    SshFailures.changedHostKey(
                            machine, fingerprint, judgement, KnownHosts.written(host, port), hosts.first());
                case KNOWN, UNKNOWN ->
                    SshFailures.unknownHostKey(
                            machine, presented, fingerprint, KnownHosts.written(host, port), hosts.first());
            };
        }
    }
}
