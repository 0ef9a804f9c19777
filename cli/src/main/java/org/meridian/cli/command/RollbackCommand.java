package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.core.model.ReleaseId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a former release back. */
@Command(
        name = "rollback",
        description = {
            "Puts a former release back in every region.",
            "Within keep_previous of a deploy its servers are still warm, and only traffic moves."
        },
        footer = {
            "",
            "Examples:",
            "  meridian rollback",
            "  meridian rollback --to r12 --yes",
            "  meridian rollback --wait-for-lock 10m"
        })
final class RollbackCommand implements Callable<Integer> {
    private static final String AFTERWARDS =
            "Run 'meridian rollback' again to finish it, or 'meridian deploy' to go forward again.";

    @Option(names = "--to", paramLabel = "rN", description = "The release to go back to. Default: the one before.")
    private Optional<ReleaseId> to = Optional.empty();

    @Mixin
    private ConfirmOptions options = new ConfirmOptions();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(options.json(), AFTERWARDS, (meridian, view) -> {
            var confirmation = new Confirmation(session.console(), view, options, meridian);
            return ExitCode.ofRollback(
                    lock.patient(meridian).rollBack(to, confirmation).outcome());
        });
    }
}
