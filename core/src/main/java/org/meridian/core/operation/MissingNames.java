package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.rollout.Installations;

/** Finds the variables that a region must have and that nothing gives it. */
final class MissingNames {
    private final App app;
    private final Map<RegionName, Map<String, Secret>> secrets;

    MissingNames(App app, Secrets secrets) {
        this.app = app;
        this.secrets = secrets.values();
    }

    /** Those of one region, sorted. */
    Set<String> of(Region region) {
        Set<String> missing = new TreeSet<>(app.compose().variables());
        missing.addAll(region.required());
        missing.removeAll(given(region));
        return missing;
    }

    private Set<String> given(Region region) {
        Set<String> given = new HashSet<>(Installations.OWN);
        given.addAll(app.env().keySet());
        given.addAll(region.env().keySet());
        given.addAll(secrets.getOrDefault(region.name(), Map.of()).keySet());
        return given;
    }

    /** A problem for each set of regions that lack the same names, however many there are of either. */
    List<Diagnostic> problems(Predicate<Region> regions) {
        List<Region> looked = app.regions().stream().filter(regions).toList();
        Map<String, List<Region>> without = new TreeMap<>();
        for (Region region : looked) {
            of(region).forEach(name -> without.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(region));
        }
        Map<List<Region>, Set<String>> alike = new LinkedHashMap<>();
        without.forEach((name, where) ->
                alike.computeIfAbsent(where, unused -> new TreeSet<>()).add(name));
        return alike.entrySet().stream()
                .map(entry -> problem(entry.getKey(), entry.getValue(), looked.size()))
                .toList();
    }

    private static Diagnostic problem(List<Region> regions, Set<String> missing, int all) {
        String names = missing.stream()
                .map(name -> name + (required(regions, name) ? " (required)" : " (Compose file)"))
                .collect(Collectors.joining(", "));
        boolean onlyRequired = missing.stream().allMatch(name -> required(regions, name));
        return Diagnostic.of(
                "missing-variable",
                where(regions, all) + " no value for " + names,
                (missing.size() == 1 ? "Add it to " : "Add them to ")
                        + place(regions)
                        + (onlyRequired ? "." : ", or give the Compose file a default: ${NAME:-default}."));
    }

    private static boolean required(List<Region> regions, String name) {
        return regions.stream().anyMatch(region -> region.required().contains(name));
    }

    private static String where(List<Region> regions, int all) {
        if (regions.size() == 1) {
            return "region " + regions.getFirst().name() + " has";
        }
        String names = regions.stream().map(region -> region.name().value()).collect(Collectors.joining(", "));
        return regions.size() == all ? "all regions have" : "the regions " + names + " have";
    }

    private static String place(List<Region> regions) {
        Set<String> stores = regions.stream().map(MissingNames::store).collect(Collectors.toSet());
        String key = regions.size() == 1 ? "regions." + regions.getFirst().name() + ".secrets" : "secrets";
        String store = stores.size() == 1 ? stores.iterator().next() : "";
        return (store.isEmpty() ? "a store that " + key + " names" : store) + ", or to env where it is no secret";
    }

    /** The store whose values win; empty when there is none. */
    private static String store(Region region) {
        return region.secrets().stream()
                .filter(reference -> !reference.startsWith(ComposeFile.HIDDEN))
                .reduce("", (before, last) -> last);
    }
}
