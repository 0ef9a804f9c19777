package org.meridian.cli.view;

import java.util.Locale;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.Stage;

/** What people call the phases and stages of a rollout. */
final class Words {
    private Words() {}

    /** The phase while it runs. */
    static String running(Phase phase) {
        return switch (phase) {
            case PREPARE -> "prepare";
            case BEFORE_SHIFT -> "before_shift";
            case SHIFT -> "shift";
            case DRAIN -> "drain";
            case REVERT -> "going back";
            case RETIRE -> "retire";
        };
    }

    /** The phase once it has ended well. */
    static String ended(Phase phase) {
        return switch (phase) {
            case PREPARE -> "prepared";
            case BEFORE_SHIFT -> "before_shift done";
            case SHIFT -> "shifted";
            case DRAIN -> "drained";
            case REVERT -> "back";
            case RETIRE -> "retired";
        };
    }

    /** The stage that a server reached. */
    static String stage(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** What the probe has seen so far. */
    static String probe(Probed probed) {
        return String.format(
                Locale.ROOT,
                "probe: %,d sent, %,d failed, p50 %s, worst %s",
                probed.sent(),
                probed.failed(),
                Durations.latency(probed.p50()),
                Durations.latency(probed.max()));
    }
}
