package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.spi.Installation;

/**
 * Says what each server gets: the release, its region's environment and secrets, and who it is.
 *
 * @param app     the app
 * @param primary the primary region
 * @param release the release
 * @param secrets each region's secrets, files under names that begin with {@link ComposeFile#HIDDEN}
 */
public record Installations(
        AppName app, RegionName primary, Release release, Map<RegionName, Map<String, Secret>> secrets) {
    /** The variables that every server gets from Meridian itself. */
    public static final Set<String> OWN =
            Set.of("MERIDIAN_APP", "MERIDIAN_REGION", "MERIDIAN_PRIMARY", "MERIDIAN_SERVER", "MERIDIAN_RELEASE");

    /** Copies the map. */
    public Installations {
        requireNonNull(app, "app is null");
        requireNonNull(primary, "primary is null");
        requireNonNull(release, "release is null");
        secrets = Map.copyOf(secrets);
    }

    /** What hides the values of all of these secrets. */
    public Redaction redaction() {
        return new Redaction(secrets.values().stream()
                .flatMap(region -> region.values().stream())
                .toList());
    }

    /** What that server gets. */
    public Installation of(Server server) {
        Map<String, String> environment =
                new HashMap<>(release.content().env().getOrDefault(server.region(), Map.of()));
        environment.put("MERIDIAN_APP", app.value());
        environment.put("MERIDIAN_REGION", server.region().value());
        environment.put("MERIDIAN_PRIMARY", primary.value());
        environment.put("MERIDIAN_SERVER", server.name().value());
        environment.put("MERIDIAN_RELEASE", release.id().toString());
        Map<String, Secret> variables = new HashMap<>();
        Map<String, Secret> files = new HashMap<>();
        secrets.getOrDefault(server.region(), Map.of()).forEach((name, value) -> {
            if (name.startsWith(ComposeFile.HIDDEN)) {
                files.put(name.substring(ComposeFile.HIDDEN.length()), value);
            } else {
                variables.put(name, value);
            }
        });
        return new Installation(app, release, environment, variables, files);
    }
}
