package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.KeyPlace;

/** The keys of a team, and machines that accept them; what it does can be cut off by the death of a deployer. */
final class KeyRing {
    static final String OLD = "ssh-ed25519 OLD";
    static final String NEW = "ssh-ed25519 NEW";

    final Map<String, Set<String>> accepted = new ConcurrentSkipListMap<>();
    final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final boolean stored;
    private String current = OLD;
    private Optional<String> next = Optional.empty();

    /** Keys in a store of secrets, which a person changes, or in files of the deployer's. */
    KeyRing(boolean stored) {
        this.stored = stored;
    }

    /** What a person does when told so. */
    void store(String key) {
        current = key;
    }

    String current() {
        return current;
    }

    /** Whoever deploys now gets in everywhere. */
    void requireOpen() {
        accepted.forEach((place, keys) -> assertThat(keys).as(place).contains(current));
    }

    /** For a deployer that may die at each of its effects. */
    KeyAccess of(Deployer deployer) {
        return new Access(deployer);
    }

    private final class Access implements KeyAccess {
        private final Deployer deployer;

        Access(Deployer deployer) {
            this.deployer = deployer;
        }

        @Override
        public String current() {
            return current;
        }

        @Override
        public String source() {
            return "a test";
        }

        @Override
        public List<KeyPlace> machines() {
            return List.of(new KeyPlace.Existing(SshAddress.parse("ops@lab")));
        }

        @Override
        public List<String> accepted(KeyPlace place) {
            return List.copyOf(reached(place));
        }

        @Override
        public void add(KeyPlace place, String key, String former) {
            effect(() -> reached(place).add(key));
        }

        @Override
        public void remove(KeyPlace place, String key, String stays) {
            effect(() -> {
                assertThat(reached(place)).as("keys of " + place.name()).contains(stays);
                reached(place).remove(key);
            });
        }

        private Set<String> reached(KeyPlace place) {
            Set<String> keys = accepted.computeIfAbsent(place.name(), name -> {
                Set<String> made = ConcurrentHashMap.newKeySet();
                made.add(OLD);
                return made;
            });
            if (unreachable.contains(place.name()) || !keys.contains(current)) {
                throw Failure.noAnswer(Diagnostic.of("unreachable", place.name() + " does not answer", "Start it."));
            }
            return keys;
        }

        @Override
        public Optional<String> next() {
            return stored ? Optional.of(NEW) : next;
        }

        @Override
        public String prepare() {
            effect(() -> next = Optional.of(NEW));
            return NEW;
        }

        @Override
        public void tryNext(KeyPlace place) {
            assertThat(reached(place)).contains(NEW);
        }

        @Override
        public boolean promote() {
            if (stored) {
                return false;
            }
            effect(() -> {
                current = NEW;
                next = Optional.empty();
            });
            return true;
        }

        @Override
        public void discard() {
            effect(() -> next = Optional.empty());
        }

        private void effect(Runnable what) {
            deployer.instant();
            what.run();
            requireOpen();
            deployer.instant();
        }
    }
}
