package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.ssh.HostKeyPins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Host keys in the state that all who deploy share; each is asked for once by a command, and what is the same is not written. */
final class SharedHostKeys implements HostKeyPins {
    private static final Logger LOG = LoggerFactory.getLogger(SharedHostKeys.class);

    private final StateStore state;
    private final Map<String, HostKeyPin> known = new ConcurrentHashMap<>();

    SharedHostKeys(StateStore state) {
        this.state = requireNonNull(state, "state is null");
    }

    @Override
    public Optional<HostKeyPin> of(String machine) {
        return Optional.ofNullable(known.get(machine)).or(() -> asked(machine));
    }

    /** Without an answer a machine has to be known otherwise, or is refused. */
    private Optional<HostKeyPin> asked(String machine) {
        try {
            Optional<HostKeyPin> found = state.hostKey(machine);
            found.ifPresent(pin -> known.put(machine, pin));
            return found;
        } catch (Failure e) {
            LOG.debug("the state does not tell the host key of {}", machine, e);
            return Optional.empty();
        }
    }

    /** Before the first lock there is no state, and commands that only look make none. */
    @Override
    public void keep(HostKeyPin pin) {
        if (!pin.equals(known.get(pin.machine())) && state.identity().isPresent()) {
            state.save(pin);
            known.put(pin.machine(), pin);
        }
    }

    @Override
    public void forget(String machine) {
        known.remove(machine);
        try {
            state.forgetHostKey(machine);
        } catch (Failure e) {
            LOG.debug("the host key of {} stays in the state", machine, e);
        }
    }
}
