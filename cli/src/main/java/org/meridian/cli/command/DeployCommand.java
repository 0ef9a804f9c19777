package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "  meridian deploy --tag v2 --json | tail -n 1 | jq .outcome"
        })
final class DeployCommand implements Callable<Integer> {
    private static final String AFTERWARDS =
            "Run 'meridian deploy' again to finish it, or 'meridian rollback' to undo it.";

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Mixin
    private ConfirmOptions options = new ConfirmOptions();

    private final Session session;

    DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(options.json(), AFTERWARDS, (meridian, view) -> {
            var confirmation = new Confirmation(session.console(), view, options, meridian.receipts());
            return ExitCode.ofDeploy(
                    meridian.deploy(release.request(), confirmation).outcome());
        });
    }
}
