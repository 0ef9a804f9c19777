package org.meridian.drivers.hosts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerSpec;

/**
 * Decides which machine a server goes to: the n-th server of a release to the n-th machine, unless another already has
 * one of that release. With fewer machines than servers, some take several.
 */
final class Seating {
    private final List<Machine> machines;
    private final Map<ServerSpec, Machine> seated = new LinkedHashMap<>();

    Seating(List<Machine> machines, List<Slot> present) {
        this.machines = List.copyOf(machines);
        present.forEach(slot -> seated.put(slot.spec(), slot.machine()));
    }

    /** The machines of those that have none yet. */
    Map<ServerSpec, Machine> seat(List<ServerSpec> wanted) {
        Map<ServerSpec, Machine> seats = new LinkedHashMap<>();
        for (ServerSpec spec : wanted) {
            if (!seated.containsKey(spec)) {
                Machine machine = free(spec);
                seated.put(spec, machine);
                seats.put(spec, machine);
            }
        }
        return seats;
    }

    private Machine free(ServerSpec spec) {
        List<Machine> inTurn = new ArrayList<>(machines);
        Collections.rotate(inTurn, -(number(spec) - 1));
        Machine best = inTurn.getFirst();
        for (Machine machine : inTurn) {
            if (servers(machine, spec.release()) < servers(best, spec.release())) {
                best = machine;
            }
        }
        return best;
    }

    private long servers(Machine machine, ReleaseId release) {
        return seated.entrySet().stream()
                .filter(seat -> seat.getKey().release().equals(release)
                        && seat.getValue().equals(machine))
                .count();
    }

    /** The counter at the end of its name, from 1. */
    private static int number(ServerSpec spec) {
        String name = spec.name().value();
        try {
            return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
