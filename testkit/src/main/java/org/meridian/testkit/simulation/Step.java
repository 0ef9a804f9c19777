package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of a script.
 *
 * @param command what is done
 * @param beside  how long after the start of the one before, which goes on; empty for after its end
 */
public record Step(Command command, Optional<Duration> beside) {
    static Step then(Command command) {
        return new Step(command, Optional.empty());
    }
}
