package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deploys a release. */
@Command(
        name = "deploy",
        description = {
            "Moves every region to a release, the primary last; puts all back if anything fails.",
            "Running it again after an interruption finishes what was begun."
        },
        footer = {
            "",
            "Examples:",
            "  meridian deploy",
            "  meridian deploy --tag v2",
            "  meridian deploy --image registry.example.com/journal:v2 --yes",
            "  meridian deploy --tag v2 --wait-for-lock 10m --wait",
            "  meridian deploy --tag v3 --abandon-interrupted",
            "  meridian deploy --tag v2 --json | tail -n 1 | jq .outcome"
        })
final class DeployCommand implements Callable<Integer> {
    private static final String AFTERWARDS =
            "Run 'meridian deploy' again to finish it, or 'meridian rollback' to undo it.";

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Option(
            names = "--abandon-interrupted",
            description = "Undo a rollout to another release that did not end, then deploy.")
    private boolean abandon;

    @Option(
            names = "--wait",
            description = "Stay until the former servers need not be kept warm any more (rollout.keep_previous), and"
                    + " retire them.")
    private boolean wait;

    @Mixin
    private ConfirmOptions options = new ConfirmOptions();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(options.json(), AFTERWARDS, (opened, view) -> {
            Meridian meridian = lock.patient(opened);
            int code = ExitCode.ofDeploy(deploy(meridian, view).outcome());
            if (wait && code == ExitCode.DONE) {
                bake(meridian, view);
            }
            return code;
        });
    }

    private Receipt deploy(Meridian meridian, View view) throws InterruptedException {
        var confirmation = new Confirmation(session.console(), view, options, meridian);
        try {
            return meridian.deploy(release.request(abandon), confirmation);
        } catch (Failure e) {
            boolean asks = session.console().interactive() && !options.yes() && !options.json();
            if (!OtherInterrupted.caused(e) || !asks) {
                throw e;
            }
            view.problems(e.diagnostics());
            new OtherInterrupted(session.console(), view).requireUndo(meridian);
            return meridian.deploy(release.request(true), confirmation);
        }
    }

    /** The deploy is done by now, so whatever ends the waiting is no failure of it. */
    private static void bake(Meridian meridian, View view) throws InterruptedException {
        try {
            meridian.bake();
        } catch (InterruptedException e) {
            view.remark("The deploy is done; only the waiting ended. The former servers stay warm: the next deploy or"
                    + " 'meridian retire' removes them when their time is over.");
        } catch (Failure e) {
            view.remark("The deploy is done; the former servers could not be retired:");
            throw e;
        }
    }
}
