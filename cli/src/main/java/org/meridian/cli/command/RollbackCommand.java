package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.RollBackRequest;
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
            "  meridian rollback --to r9 --current-secrets",
            "  meridian rollback --wait-for-lock 10m"
        })
final class RollbackCommand implements Callable<Integer> {
    private static final String AFTERWARDS =
            "Run 'meridian rollback' again to finish it, or 'meridian deploy' to go forward again.";

    @Option(names = "--to", paramLabel = "rN", description = "The release to go back to. Default: the one before.")
    private Optional<ReleaseId> to = Optional.empty();

    @Option(
            names = "--current-secrets",
            description =
                    "Where servers are made again and the secrets that the release had can't be had any more, give"
                            + " them today's from the same places.")
    private boolean currentSecrets;

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
            return ExitCode.ofRollback(rollBack(lock.patient(meridian), view).outcome());
        });
    }

    private Receipt rollBack(Meridian meridian, View view) throws InterruptedException {
        var confirmation = new Confirmation(session.console(), view, options, meridian);
        try {
            return meridian.rollBack(new RollBackRequest(to, currentSecrets), confirmation);
        } catch (Failure e) {
            boolean asks = session.console().interactive() && !options.yes() && !options.json();
            if (!asks || !RollBackRequest.lacksFormerSecrets(e)) {
                throw e;
            }
            view.problems(e.diagnostics());
            new Consent(session.console(), false).ask("\nGive the new servers today's secrets instead?");
            return meridian.rollBack(new RollBackRequest(to, true), confirmation);
        }
    }
}
