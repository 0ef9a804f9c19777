package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ReleaseId;

/**
 * What a person asks to be put back.
 *
 * @param to             the release; empty for the one before the current
 * @param currentSecrets whether new servers may get today's secrets where those that the release had can't be had
 */
public record RollBackRequest(Optional<ReleaseId> to, boolean currentSecrets) {
    /** Checks that no part is null. */
    public RollBackRequest {
        requireNonNull(to, "to is null");
    }

    /** Whether a rollback failed only because the secrets that the release had can't be had any more. */
    public static boolean lacksFormerSecrets(Failure failure) {
        return failure.diagnostics().stream().allMatch(problem -> problem.code().equals(FormerSecrets.ONLY_TODAYS));
    }

    /** That release, with the secrets that it had. */
    public static RollBackRequest to(Optional<ReleaseId> release) {
        return new RollBackRequest(release, false);
    }
}
