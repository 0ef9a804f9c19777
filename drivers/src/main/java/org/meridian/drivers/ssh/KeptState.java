package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.ReleaseId;

/**
 * What outlives releases on a machine, as the script {@code kept} prints it.
 *
 * @param services each service that was made there
 * @param former   volumes of releases that are called as one that outlives releases
 * @param next     the next revision of the files that services are made from
 */
record KeptState(Map<String, Made> services, List<String> former, ReleaseId next) {
    KeptState {
        services = Map.copyOf(services);
        former = List.copyOf(former);
        requireNonNull(next, "next is null");
    }

    /**
     * A service that was made there.
     *
     * @param revision   of the files that it is made from
     * @param definition how it was defined then
     */
    record Made(ReleaseId revision, String definition) {
        Made {
            requireNonNull(revision, "revision is null");
            requireNonNull(definition, "definition is null");
        }
    }

    static KeptState read(String printed) {
        Map<String, Made> services = new TreeMap<>();
        List<String> former = new ArrayList<>();
        ReleaseId next = new ReleaseId(1);
        for (String line : printed.lines().toList()) {
            String[] words = line.strip().split(" ", -1);
            switch (words[0]) {
                case "service" -> services.put(words[1], new Made(ReleaseId.parse(words[2]), words[3]));
                case "former" -> former.add(words[1]);
                case "next" -> next = new ReleaseId(Integer.parseInt(words[1]));
                default -> throw new IllegalArgumentException("not understood: " + line);
            }
        }
        return new KeptState(services, former, next);
    }
}
