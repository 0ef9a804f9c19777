package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.SeenAccessory.InFile;
import org.meridian.core.operation.SeenBackups;
import org.meridian.core.spi.Accessories.Accessory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Services that keep data, for people and for programs. */
final class AccessoriesView {
    private static final long MEGABYTE = 1_000_000;

    private AccessoriesView() {}

    static List<String> lines(List<SeenAccessory> accessories, Style style) {
        if (accessories.isEmpty()) {
            return List.of("No service keeps data on a machine of the app.");
        }
        var table = new Table("service", "state", "started", "last backup", "data", "in the Compose file");
        for (SeenAccessory seen : accessories) {
            Accessory one = seen.accessory();
            table.row(
                    Visible.of(one.name()),
                    Visible.of(one.state()),
                    Visible.of(one.since().replaceFirst("\\..*", "Z")),
                    lastBackup(seen.backups(), style),
                    Visible.of(String.join(", ", one.data())),
                    switch (seen.file()) {
                        case SAME -> "the same";
                        case OTHER -> style.yellow(changed(seen) + ": 'accessories upgrade " + one.name() + "'");
                        case GONE -> style.yellow("not any more");
                    });
        }
        List<String> lines = new ArrayList<>(table.lines(style));
        accessories.stream()
                .flatMap(seen -> seen.backups().warning().stream())
                .forEach(warning -> lines.add(style.yellow("warning: " + warning)));
        return lines;
    }

    private static String lastBackup(SeenBackups seen, Style style) {
        String last = seen.backups()
                .newest()
                .flatMap(saved -> seen.age().map(age -> Durations.spoken(age) + " ago, " + size(saved.bytes())))
                .orElse("none");
        return seen.warning().isPresent() ? style.yellow(last) : last;
    }

    private static String size(long bytes) {
        return bytes >= MEGABYTE ? bytes / MEGABYTE + " MB" : bytes >= 1_000 ? bytes / 1_000 + " kB" : bytes + " bytes";
    }

    /** What a deploy leaves as it is though the Compose file says something else, a line each. */
    static List<String> left(List<SeenAccessory> accessories) {
        return accessories.stream()
                .filter(seen -> seen.file() != InFile.SAME)
                .map(seen -> {
                    String name = seen.accessory().name();
                    return seen.file() == InFile.GONE
                            ? name + " keeps data and is not in the Compose file any more: it goes on until"
                                    + " 'meridian accessories remove " + name + "'"
                            : name + " keeps data and goes on as it was started: " + changed(seen)
                                    + "; 'meridian accessories upgrade " + name + "' makes it again, and it is away"
                                    + away(seen.accessory());
                })
                .toList();
    }

    private static String changed(SeenAccessory seen) {
        return seen.changed().isEmpty() ? "something else" : "other " + String.join(", ", seen.changed());
    }

    private static String away(Accessory accessory) {
        return accessory
                .away()
                .map(time -> " for about " + Durations.spoken(time) + ", as it was the last time")
                .orElse(" until it has stopped and is well again");
    }

    static ObjectNode json(List<SeenAccessory> accessories) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("accessories");
        for (SeenAccessory seen : accessories) {
            Accessory accessory = seen.accessory();
            ObjectNode one = all.addObject();
            one.put("name", accessory.name());
            one.put("state", accessory.state());
            one.put("since", accessory.since());
            accessory.data().forEach(one.putArray("data")::add);
            one.put("definition", seen.file().name().toLowerCase(Locale.ROOT));
            one.set("changed", Json.strings(seen.changed().stream()));
            SeenBackups backups = seen.backups();
            backups.backups().newest().ifPresent(saved -> {
                ObjectNode last = one.putObject("last_backup");
                last.put("made", saved.made().toString());
                last.put("bytes", saved.bytes());
                backups.age().ifPresent(age -> last.put("age_seconds", age.toSeconds()));
            });
            one.put("last_backup_failed", backups.backups().failed().isPresent());
            backups.warning().ifPresent(warning -> one.put("backup_warning", warning));
            accessory.away().ifPresent(away -> one.put("away_seconds", away.toSeconds()));
        }
        return json;
    }
}
