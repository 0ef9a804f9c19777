package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Release;
import org.meridian.core.model.Secret;

/**
 * A release as one server gets it.
 *
 * @param app         the app
 * @param release     the release
 * @param environment plain variables, Meridian's own ({@code MERIDIAN_REGION} and so on) among them
 * @param secrets     variables whose values must not be seen; win over plain ones
 * @param hidden      files beside the Compose file that may hold secrets: paths as in the release's, and bytes in Base64
 */
public record Installation(
        AppName app,
        Release release,
        Map<String, String> environment,
        Map<String, Secret> secrets,
        Map<String, Secret> hidden) {
    /** Copies the maps. */
    public Installation {
        requireNonNull(app, "app is null");
        requireNonNull(release, "release is null");
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
        hidden = Map.copyOf(hidden);
    }

    /** The same with each image under the name that it is pulled by. */
    public Installation pulling(UnaryOperator<ImageReference> name) {
        Release named = new Release(
                release.id(),
                release.revision(),
                release.createdAt(),
                release.label(),
                release.content().pulling(name));
        return new Installation(app, named, environment, secrets, hidden);
    }

    /** Without files that may hold secrets. */
    public Installation(AppName app, Release release, Map<String, String> environment, Map<String, Secret> secrets) {
        this(app, release, environment, secrets, Map.of());
    }
}
