package org.meridian.core.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
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

    /** A problem for each of these regions in which something is missing. */
    List<Diagnostic> problems(Predicate<Region> regions) {
        return app.regions().stream()
                .filter(regions)
                .filter(region -> !of(region).isEmpty())
                .map(this::problem)
                .toList();
    }

    private Diagnostic problem(Region region) {
        Set<String> missing = of(region);
        String names = missing.stream()
                .map(name -> name + (region.required().contains(name) ? " (required)" : " (Compose file)"))
                .collect(Collectors.joining(", "));
        return Diagnostic.of(
                "missing-variable",
                "region " + region.name() + " has no value for " + names,
                (missing.size() == 1 ? "Add it to " : "Add them to ")
                        + place(region)
                        + (region.required().containsAll(missing)
                                ? "."
                                : ", or give the Compose file a default: ${NAME:-default}."));
    }

    private static String place(Region region) {
        return region.secrets().isEmpty()
                ? "a store that regions." + region.name() + ".secrets names, or to env where it is no secret"
                : region.secrets().getLast() + ", or to env where it is no secret";
    }
}
