package org.meridian.core.spi;

import java.util.Map;
import org.meridian.core.model.Hook;
import org.meridian.core.spi.HostDriver.CommandOutcome;

/** Runs a team's own commands on the machine of the deployer. */
public interface HookRunner {
    /**
     * Runs a hook's command with these facts as environment variables ({@code MERIDIAN_} and the name in capitals) and
     * as one JSON object on standard input.
     *
     * <p>Throws {@link org.meridian.core.diagnostic.Failure} when it can't be started or takes longer than it may; it is
     * ended then, with everything it started.
     */
    CommandOutcome run(Hook hook, Map<String, String> facts) throws InterruptedException;
}
