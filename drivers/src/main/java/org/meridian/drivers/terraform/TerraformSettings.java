package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import org.meridian.core.local.LocalDirectory;

/**
 * How Terraform is run.
 *
 * @param program     the program: {@code terraform}, {@code tofu} or a path
 * @param directory   where each region has its directory; need not exist yet
 * @param backend     where the states are
 * @param pluginCache where providers are kept for all regions and apps of this machine; need not exist yet
 * @param atOnce      how many runs with a provider there may be at the same time
 * @param within      how long one run may take
 * @param lockWithin  how long somebody else may hold a state's lock
 */
public record TerraformSettings(
        String program,
        LocalDirectory directory,
        Backend backend,
        Path pluginCache,
        int atOnce,
        Duration within,
        Duration lockWithin) {
    /** Checks that no part is null. */
    public TerraformSettings {
        requireNonNull(program, "program is null");
        requireNonNull(directory, "directory is null");
        requireNonNull(backend, "backend is null");
        requireNonNull(pluginCache, "pluginCache is null");
        requireNonNull(within, "within is null");
        requireNonNull(lockWithin, "lockWithin is null");
        if (atOnce < 1) {
            throw new IllegalArgumentException("there is at least one run at once, not " + atOnce);
        }
    }
}
