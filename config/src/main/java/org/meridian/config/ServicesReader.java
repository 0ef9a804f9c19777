package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.Backup;

/** Reads what is said of single services of the Compose file. */
final class ServicesReader {
    static final String WORKER = "worker";
    static final String SUPPORT = "support";
    private static final String EXAMPLE = "Write a service's name below it, such as 'worker: { servers: 1 }'.";

    private final BackupReader backupReader;
    private final Optional<ComposeDocument> compose;
    private final Optional<String> served;

    /** Paths count from the directory. */
    ServicesReader(Path directory, Optional<ComposeDocument> compose, Optional<String> served) {
        this.backupReader = new BackupReader(directory);
        this.compose = compose;
        this.served = served;
    }

    /**
     * What is said of services.
     *
     * @param roles     what those are for that say it: {@value #WORKER} or {@value #SUPPORT}
     * @param ephemeral those whose data may be lost with each release
     * @param backups   how those are backed up of which it is said
     * @param schedules where it is written when some are
     * @param places    where those are of which it is said
     */
    record Said(
            Map<String, String> roles,
            Set<String> ephemeral,
            Map<String, Backup> backups,
            Map<String, Field> schedules,
            List<DataPlaces.Written> places) {
        Said {
            roles = Map.copyOf(requireNonNull(roles, "roles is null"));
            ephemeral = Set.copyOf(ephemeral);
            backups = Map.copyOf(backups);
            schedules = Map.copyOf(schedules);
            places = List.copyOf(places);
        }
    }

    Said read(Optional<Field> services) {
        Map<String, String> roles = new TreeMap<>();
        Set<String> ephemeral = new TreeSet<>();
        Map<String, Backup> backups = new TreeMap<>();
        Map<String, Field> schedules = new TreeMap<>();
        List<DataPlaces.Written> places = new ArrayList<>();
        for (Named entry : entries(services)) {
            Section section = entry.field().section();
            Optional<Field> role = section.find("role");
            Optional<Field> loses = section.find("ephemeral");
            Section backingUp = section.section("backup");
            Backup backup = backupReader.read(backingUp);
            Optional<Field> machine = section.find("machine");
            Optional<Field> publish = section.find("publish");
            if (known(entry)) {
                if (machine.isPresent() || publish.isPresent()) {
                    places.add(new DataPlaces.Written(entry.name(), machine, publish));
                }
                role.flatMap(field -> field.oneOf(List.of(WORKER, SUPPORT)))
                        .filter(word -> mayBe(entry, word))
                        .ifPresent(word -> roles.put(entry.name(), word));
                backups.put(entry.name(), backup);
                backingUp.find("schedule").ifPresent(field -> schedules.put(entry.name(), field));
                loses.filter(ServicesReader::yes).ifPresent(field -> ephemeral.add(entry.name()));
            }
        }
        return new Said(roles, ephemeral, backups, schedules, places);
    }

    /** Services by name. */
    static List<Named> entries(Optional<Field> field) {
        return field.map(written -> written.names(EXAMPLE)).orElse(List.of());
    }

    static boolean yes(Field field) {
        return field.oneOf(List.of("true", "false")).filter("true"::equals).isPresent();
    }

    /** Whether the service may have the role; that of one that answers requests is known. */
    boolean mayBe(Named entry, String role) {
        boolean serves = served.filter(entry.name()::equals).isPresent();
        if (serves) {
            entry.field()
                    .keyError(
                            "wrong-role",
                            "the service '" + entry.name() + "' answers the requests, so it is no " + role,
                            "Leave it out here, or name another 'serve.service'.");
        }
        return !serves;
    }

    /** Whether the Compose file has the service. */
    boolean known(Named entry) {
        boolean known =
                compose.flatMap(document -> document.service(entry.name())).isPresent();
        if (compose.isPresent() && !known) {
            entry.field()
                    .keyError(
                            "unknown-service",
                            "there is no service '" + entry.name() + "' in "
                                    + compose.get().file(),
                            Closest.suggestion(
                                    entry.name(), "services", compose.get().names()));
        }
        return known;
    }
}
