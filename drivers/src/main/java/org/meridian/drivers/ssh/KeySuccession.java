package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;

/** Where the key is that takes the current one's place, and what has to happen for that. */
public sealed interface KeySuccession {
    /** The key; empty while there is none here. */
    Optional<DeployKey> next();

    /** Makes it, or says who has to. */
    DeployKey prepare();

    /** Puts it in the current one's place; false where that is for a person to do. */
    boolean promote();

    /** Forgets it. */
    void discard();

    /**
     * Keys that this machine keeps: the next one lies beside the current one until it is promoted.
     *
     * @param directory where the current one is
     */
    record Kept(LocalDirectory directory) implements KeySuccession {
        private static final String NEXT = "next_ed25519";

        /** Checks that it is there. */
        public Kept {
            requireNonNull(directory, "directory is null");
        }

        @Override
        public Optional<DeployKey> next() {
            return Files.exists(file(NEXT)) ? Optional.of(prepare()) : Optional.empty();
        }

        @Override
        public DeployKey prepare() {
            return new KeptDeployKey(directory, NEXT);
        }

        /** The public key goes first: without it, it is read from the private one, whichever that is. */
        @Override
        public boolean promote() {
            attempt(() -> {
                Files.deleteIfExists(file(KeptDeployKey.NAME + ".pub"));
                Files.deleteIfExists(file(NEXT + ".pub"));
                Files.move(
                        file(NEXT),
                        file(KeptDeployKey.NAME),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            });
            return true;
        }

        @Override
        public void discard() {
            attempt(() -> {
                Files.deleteIfExists(file(NEXT));
                Files.deleteIfExists(file(NEXT + ".pub"));
            });
        }

        private Path file(String name) {
            return directory.file(name);
        }

        private void attempt(Attempt attempt) {
            try {
                attempt.run();
            } catch (IOException e) {
                throw Failure.of(
                        Diagnostic.of(
                                "key-files",
                                "can't change the keys in " + directory + ": " + BoundedFile.reason(e),
                                "See that it is yours and on a disk that can be written, then run this again."),
                        e);
            }
        }

        private interface Attempt {
            void run() throws IOException;
        }
    }

    /**
     * Keys in a store of secrets, into which a person puts the next one when the time has come.
     *
     * @param named the next one, as it is named on the command line; empty where none is
     */
    record Stored(Optional<DeployKey> named) implements KeySuccession {
        /** Checks that it is not null. */
        public Stored {
            requireNonNull(named, "named is null");
        }

        @Override
        public Optional<DeployKey> next() {
            return named;
        }

        @Override
        public DeployKey prepare() {
            return named.orElseThrow(() -> Failure.usage(Diagnostic.of(
                    "no-new-key",
                    "the deploy key is a secret, and it is not said where the new one is",
                    "Make one with 'ssh-keygen -t ed25519 -N \"\" -C meridian -f new-key', then run 'meridian keys rotate"
                            + " --new env:NEW_DEPLOY_KEY' with it in that variable.")));
        }

        @Override
        public boolean promote() {
            return false;
        }

        @Override
        public void discard() {
            // It is where a person put it.
        }
    }
}
