package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.rollout.Installations;

/** Finds the variables that a region must have and that nothing gives it. */
public final class MissingNames {
    /** So many names are shown; more than a person goes through at once. */
    private static final int MOST = 200;

    /** So many places of one variable are shown. */
    private static final int SHOWN = 3;

    private final Map<String, List<String>> variables;
    private final Set<String> env;
    private final Map<RegionName, Set<String>> secrets;

    /**
     * Looks for these variables.
     *
     * @param variables what the Compose file takes, each with its places
     * @param env       the names that every region has
     * @param secrets   the names of each region's secrets
     */
    public MissingNames(Map<String, List<String>> variables, Set<String> env, Map<RegionName, Set<String>> secrets) {
        this.variables = Map.copyOf(variables);
        this.env = Set.copyOf(env);
        this.secrets = Map.copyOf(secrets);
    }

    static MissingNames of(App app, Secrets secrets) {
        return new MissingNames(
                app.compose().variables(),
                app.env().keySet(),
                secrets.values().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().keySet())));
    }

    /** Those of one region, sorted. */
    public Set<String> of(Region region) {
        Set<String> missing = new TreeSet<>(variables.keySet());
        missing.addAll(region.required());
        missing.removeAll(given(region));
        return missing;
    }

    private Set<String> given(Region region) {
        Set<String> given = new HashSet<>(Installations.OWN);
        given.addAll(env);
        given.addAll(region.env().keySet());
        given.addAll(secrets.getOrDefault(region.name(), Set.of()));
        return given;
    }

    /** What these regions lack: once for each set of them that lacks the same names, however many there are of either. */
    public List<Lack> lacks(List<Region> regions) {
        Map<String, List<Region>> without = new TreeMap<>();
        for (Region region : regions) {
            of(region).forEach(name -> without.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(region));
        }
        Map<List<Region>, Set<String>> alike = new LinkedHashMap<>();
        without.forEach((name, where) ->
                alike.computeIfAbsent(where, unused -> new TreeSet<>()).add(name));
        return alike.entrySet().stream()
                .map(entry -> new Lack(entry.getValue(), problem(entry.getKey(), entry.getValue(), regions.size())))
                .toList();
    }

    private Diagnostic problem(List<Region> regions, Set<String> missing, int all) {
        int more = missing.size() - MOST;
        String names = missing.stream()
                .limit(MOST)
                .map(name -> name + " (" + (required(regions, name) ? "required" : places(name)) + ")")
                .collect(Collectors.joining(", "));
        boolean onlyRequired = missing.stream().allMatch(name -> required(regions, name));
        return Diagnostic.of(
                "missing-variable",
                where(regions, all) + " no value for " + (missing.size() > 1 ? missing.size() + " variables: " : "")
                        + names + (more > 0 ? " and " + more + " more" : ""),
                (missing.size() == 1 ? "Add it to " : "Add them to ")
                        + place(regions)
                        + (onlyRequired ? "." : ", or give the Compose file a default: ${NAME:-default}."));
    }

    private String places(String name) {
        List<String> places = variables.getOrDefault(name, List.of());
        String shown = places.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return places.isEmpty() ? "Compose file" : places.size() > SHOWN ? shown + ", …" : shown;
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
        return (store.isEmpty() ? "a store that " + key + " names" : store)
                + ", to .env beside the Compose file, or to env where it is no secret";
    }

    /** The store whose values win; empty when there is none. */
    private static String store(Region region) {
        return region.secrets().stream()
                .filter(reference -> !reference.startsWith(ComposeFile.HIDDEN))
                .reduce("", (before, last) -> last);
    }

    /**
     * What some regions lack.
     *
     * @param names   the variables, sorted
     * @param problem what to say of them, without a place
     */
    public record Lack(Set<String> names, Diagnostic problem) {
        /** Checks that no part is null. */
        public Lack {
            requireNonNull(names, "names is null");
            requireNonNull(problem, "problem is null");
        }
    }
}
