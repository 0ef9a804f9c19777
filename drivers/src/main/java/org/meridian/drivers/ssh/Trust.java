package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.HostKeyPin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
     * What the person's files of known hosts say, and of a machine that is in none of them, what colleagues found there.
     *
     * @param hosts the files
     * @param host  the name that the machine has in them
     * @param port  the port of its sshd
     * @param pins  what all share; what these files vouch for is added to it
     */
    record Known(KnownHosts hosts, String host, int port, HostKeyPins pins) implements Trust {
        private static final Logger LOG = LoggerFactory.getLogger(Known.class);

        public Known {
            requireNonNull(hosts, "hosts is null");
            requireNonNull(host, "host is null");
            requireNonNull(pins, "pins is null");
        }

        @Override
        public boolean accepts(PublicKey presented) {
            return switch (hosts.judge(host, port, presented).verdict()) {
                case KNOWN -> {
                    share(PublicKeyEntry.toString(presented));
                    yield true;
                }
                case UNKNOWN ->
                    pinned().filter(PublicKeyEntry.toString(presented)::equals).isPresent();
                case CHANGED, REVOKED -> false;
            };
        }

        private void share(String key) {
            try {
                if (pinned().filter(key::equals).isEmpty()) {
                    pins.keep(HostKeyPin.of(KnownHosts.written(host, port), key));
                }
            } catch (Failure e) {
                LOG.debug("the host key of {} is shared another time", host, e);
            }
        }

        private Optional<String> pinned() {
            return pins.of(KnownHosts.written(host, port)).map(HostKeyPin::key);
        }

        @Override
        public List<String> keyTypes() {
            List<String> known = hosts.keyTypes(host, port);
            return known.isEmpty()
                    ? pinned().map(Pinned::new).map(Pinned::keyTypes).orElse(known)
                    : known;
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
