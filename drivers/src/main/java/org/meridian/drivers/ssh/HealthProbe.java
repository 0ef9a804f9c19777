package org.meridian.drivers.ssh;

import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.HostDriver.HealthAnswer;
import org.meridian.drivers.command.CommandResult;

/** Reads what curl said of an app's health. */
final class HealthProbe {
    private static final int SHOWN = 120;

    private HealthProbe() {}

    /** Any status from 200 to 299 is healthy; the body's first line is kept for a person. */
    static HealthAnswer read(CommandResult curl) {
        if (!curl.succeeded()) {
            return new HealthAnswer(false, curl.errors().strip());
        }
        int lastLine = curl.output().lastIndexOf('\n');
        String status = curl.output().substring(lastLine + 1).strip();
        String body = curl.output().substring(0, Math.max(0, lastLine)).strip();
        boolean healthy = status.length() == 3 && status.startsWith("2");
        return new HealthAnswer(healthy, (status + " " + firstLine(body)).strip());
    }

    /**
     * What a question that was not answered in time tells: a machine that is busy with starting containers may need longer
     * for it now than a health check may take, and there will be another. Empty for all that is no matter of patience.
     */
    static Optional<HealthAnswer> unanswered(Failure failure) {
        return SshFailures.tookTooLong(failure)
                ? Optional.of(new HealthAnswer(false, failure.diagnostic().summary()))
                : Optional.empty();
    }

    private static String firstLine(String body) {
        String line = body.lines().findFirst().orElse("");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
