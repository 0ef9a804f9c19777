package org.meridian.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.operation.SeenAccessory;

/**
 * Whether what keeps data is backed up by schedule, and was when it was last due.
 *
 * @param wanted  the services that the configuration keeps, by name
 * @param looking asks their machine
 */
record BackupsCheck(Map<String, KeptService> wanted, Looking looking) implements Check {
    private static final String NAME = "backups";

    BackupsCheck {
        wanted = Map.copyOf(wanted);
        requireNonNull(looking, "looking is null");
    }

    @Override
    public Finding look() throws InterruptedException {
        if (wanted.isEmpty()) {
            return Finding.ok(NAME, "no service keeps data");
        }
        List<String> never = new TreeMap<>(wanted)
                .entrySet().stream()
                        .filter(service ->
                                service.getValue().backup().schedule().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        try {
            return found(never, warnings(looking.look()));
        } catch (Failure e) {
            return Finding.warn(
                    NAME,
                    "it is not known how backups stand: " + e.diagnostic().summary(),
                    e.diagnostic().suggestion());
        }
    }

    private static List<String> warnings(List<SeenAccessory> there) {
        return there.stream()
                .map(service -> service.backups().warning())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What went wrong first: whoever reads it relies on those backups. */
    private Finding found(List<String> never, List<String> warnings) {
        if (!warnings.isEmpty()) {
            return Finding.warn(
                    NAME,
                    String.join("; ", warnings),
                    "Then make one: meridian accessories backup NAME." + (never.isEmpty() ? "" : " " + advice(never)));
        }
        if (!never.isEmpty()) {
            return Finding.warn(
                    NAME,
                    String.join(", ", never) + (never.size() == 1 ? " keeps data and has" : " keep data and have")
                            + " no schedule for backups",
                    advice(never));
        }
        return Finding.ok(NAME, wanted.size() == 1 ? "1 service by schedule" : wanted.size() + " services by schedule");
    }

    private static String advice(List<String> never) {
        return "Write 'services: { " + never.getFirst()
                + ": { backup: { schedule: \"0 3 * * *\" } } }' (docs/data.md).";
    }

    /** Asks the machine. */
    @FunctionalInterface
    interface Looking {
        /** What was started there; throws a Failure where it can't be asked. */
        List<SeenAccessory> look() throws InterruptedException;
    }
}
