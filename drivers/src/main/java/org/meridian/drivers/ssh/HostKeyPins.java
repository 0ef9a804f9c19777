package org.meridian.drivers.ssh;

import java.util.Optional;
import org.meridian.core.model.HostKeyPin;

/** The host keys that all who deploy share. A pin that can't be read is none, and one that can't be kept is kept next time. */
public interface HostKeyPins {
    /** Nobody shares any. */
    HostKeyPins NONE = new HostKeyPins() {
        @Override
        public Optional<HostKeyPin> of(String machine) {
            return Optional.empty();
        }

        @Override
        public void keep(HostKeyPin pin) {}

        @Override
        public void forget(String machine) {}
    };

    /** What was pinned for this machine. */
    Optional<HostKeyPin> of(String machine);

    /** Pins a machine's key in place of the one before; throws a Failure when that can't be done. */
    void keep(HostKeyPin pin);

    /** Forgets a machine that is gone; a store that does not answer is no failure, since names do not come again. */
    void forget(String machine);
}
