package org.meridian.core.operation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;

/**
 * Finds secrets that have the name of a variable whose value a release is made of, such as one in an image: servers would
 * read another value than the one that the release was made with.
 */
final class DecidingSecrets {
    private final App app;
    private final Map<RegionName, Map<String, Secret>> secrets;

    DecidingSecrets(App app, Secrets secrets) {
        this.app = app;
        this.secrets = secrets.values();
    }

    /** A problem for each of them, with a region that has it. */
    List<Diagnostic> problems() {
        Map<String, RegionName> found = new TreeMap<>();
        new TreeMap<>(secrets).forEach((region, values) -> values.keySet().stream()
                .filter(app.compose().deciding()::containsKey)
                .forEach(name -> found.putIfAbsent(name, region)));
        return found.entrySet().stream()
                .map(entry -> problem(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Diagnostic problem(String name, RegionName region) {
        return Diagnostic.of(
                "deciding-secret",
                "the secrets of region " + region + " have " + name + ", which decides "
                        + app.compose().deciding().get(name) + ": a release is made without secrets",
                "Write " + name + " under env: at the top of meridian.yml, and take it out of the secrets.");
    }
}
