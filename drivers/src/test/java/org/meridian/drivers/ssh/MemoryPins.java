package org.meridian.drivers.ssh;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.model.HostKeyPin;

/** Pins that all deployers of a test share. */
final class MemoryPins implements HostKeyPins {
    private final Map<String, HostKeyPin> pins = new ConcurrentHashMap<>();

    @Override
    public Optional<HostKeyPin> of(String machine) {
        return Optional.ofNullable(pins.get(machine));
    }

    @Override
    public void keep(HostKeyPin pin) {
        pins.put(pin.machine(), pin);
    }

    @Override
    public void forget(String machine) {
        pins.remove(machine);
    }
}
