package org.meridian.drivers.envfile;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.ContentVersion;

/**
 * A secret in a variable of this process's environment, as CI systems hand them over: the reference {@code env:NAME}. For
 * what Meridian itself needs; what the app needs differs by region, and one environment does not.
 */
public final class EnvironmentVariable implements SecretStore {
    private final Map<String, String> environment;

    /** A secret in one of these variables. */
    public EnvironmentVariable(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String scheme() {
        return "env";
    }

    @Override
    public boolean keepsVersions() {
        return false;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    @Override
    public Values fetch(Wanted wanted) {
        String value = environment.getOrDefault(wanted.name(), "");
        if (value.isBlank()) {
            throw Failure.usage(Diagnostic.of(
                    "missing-variable",
                    "the environment variable " + wanted.name() + " is not set",
                    "Set it; in CI, hand it to the step that runs Meridian from the secrets of the repository."));
        }
        return new Values(
                ContentVersion.of(value.getBytes(StandardCharsets.UTF_8)), Map.of(wanted.name(), Secret.of(value)));
    }
}
