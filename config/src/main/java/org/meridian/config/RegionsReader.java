package org.meridian.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.document.Closest;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Strategy;

/** Reads the regions, and which of them is the primary. */
final class RegionsReader {
    private static final String EXAMPLE = "Write a region's name below it, and 'provider: local' below that.";

    /** More than all clouds together have. */
    static final int MOST = 200;

    private final List<Region> regions;
    private final List<RegionName> names;
    private final Map<RegionName, HostsLocation> machines;
    private final Map<RegionName, Field> pushes;
    private final Optional<RegionName> primary;

    RegionsReader(
            Section root,
            Optional<AppName> app,
            SecretsReader secrets,
            TerraformReader terraform,
            HostsReader hosts,
            Optional<Strategy> usual) {
        Optional<Field> field = root.require("regions", EXAMPLE);
        List<Named> entries = field.map(map -> map.names(EXAMPLE))
                .filter(list -> fewEnough(field.get(), list.size()))
                .orElse(List.of());
        RegionReader reader = new RegionReader(app, secrets, terraform, hosts, usual);
        regions = entries.stream().flatMap(entry -> reader.read(entry).stream()).toList();
        machines = reader.machines();
        pushes = reader.pushes();
        // A region with a problem is a region nonetheless when others speak of it.
        names = entries.stream()
                .flatMap(entry -> Names.region(entry.name()).stream())
                .toList();
        if (field.filter(Field::isMapping).isPresent()
                && field.get().names(EXAMPLE).isEmpty()) {
            field.get().keyError("empty-value", "there is no region", EXAMPLE);
        }
        primary = primary(root, field);
    }

    private static boolean fewEnough(Field regions, int count) {
        if (count > MOST) {
            regions.keyError("out-of-range", "these are " + count + " regions; Meridian takes " + MOST, "Write fewer.");
        }
        return count <= MOST;
    }

    private Optional<RegionName> primary(Section root, Optional<Field> regionsField) {
        Optional<Field> written = root.find("primary");
        if (written.isPresent()) {
            return written.flatMap(this::known);
        }
        if (names.size() > 1 && !root.has("primary")) {
            regionsField.ifPresent(field -> field.keyError(
                    "missing-key",
                    "with several regions one must be the primary, which moves last",
                    "Write 'primary: " + names.getFirst() + "', or another of " + list() + "."));
        }
        return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    }

    /** The region that a value names. */
    Optional<RegionName> known(Field field) {
        return field.text().flatMap(text -> {
            Optional<RegionName> region =
                    names.stream().filter(name -> name.value().equals(text)).findFirst();
            if (region.isEmpty() && !names.isEmpty()) {
                List<String> all = names.stream().map(RegionName::value).toList();
                field.error(
                        "unknown-region",
                        "there is no region '" + text + "'",
                        Closest.suggestion(text, "regions", all));
            }
            return region;
        });
    }

    private String list() {
        return String.join(", ", names.stream().map(RegionName::value).toList());
    }

    /** The regions without problems. */
    List<Region> regions() {
        return regions;
    }

    /** The machines of those whose servers exist already. */
    Map<RegionName, HostsLocation> machines() {
        return machines;
    }

    /** What regions say of how they get images. */
    Map<RegionName, Field> pushes() {
        return pushes;
    }

    /** Whether in every region the machines outlive a release. */
    boolean machinesStay() {
        return !regions.isEmpty() && regions.stream().allMatch(Region::machinesStay);
    }

    /** Whether the machines of some region outlive a release. */
    boolean someMachinesStay() {
        return regions.stream().anyMatch(Region::machinesStay);
    }

    /** Whether in every region the machines were there before Meridian, which never removes one. */
    boolean machinesExist() {
        return machinesStay()
                && machines.values().stream().noneMatch(location -> location.origin() instanceof HostsLocation.Made);
    }

    /** Whether there is one machine, and it outlives every release: what is kept there, every server finds there. */
    boolean oneMachineStays() {
        return machinesStay()
                && names.size() == 1
                && machines.values().stream()
                        .allMatch(location -> location.origin() instanceof HostsLocation.Listed listed
                                && listed.hosts().size() == 1);
    }

    /** The names of all regions, in order. */
    List<RegionName> names() {
        return names;
    }

    /** The primary; empty, with a problem kept, when none is known. */
    Optional<RegionName> primary() {
        return primary;
    }
}
