package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.spi.Tasks;

/** Hears an abort while something lasts that does not look for one itself, such as a pull or a run of Terraform. */
final class AbortWatch {
    private final World world;
    private final Approval approval;

    AbortWatch(World world, Approval approval) {
        this.world = requireNonNull(world, "world is null");
        this.approval = requireNonNull(approval, "approval is null");
    }

    /** Does something that an abort interrupts, and then throws the abort's Failure. */
    void interrupting(Tasks.Work work) throws InterruptedException {
        Tasks.Work toItsEnd = () -> {
            work.run();
            throw new Ended();
        };
        try {
            world.tasks().forEach(List.of(toItsEnd, approval::awaitAbort), Tasks.Work::run);
        } catch (Ended e) {
            // The one way to end the watch with the work.
        }
    }

    /** Does something that must not be cut off; says that an abort is heard, and that {@code what} is waited for. */
    void announcing(String what, Tasks.Work work) throws InterruptedException {
        Tasks.Background watch = world.tasks().start("abort", () -> approval.announceAbort(what));
        try {
            work.run();
        } finally {
            watch.close();
        }
    }

    /** Ends the watch, as a failure would. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the work has ended", null, false, false);
        }
    }
}
