package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a deploy would do. */
@Command(
        name = "plan",
        description = "Shows what a deploy would do, and does nothing.",
        footer = {
            "",
            "Examples:",
            "  meridian plan",
            "  meridian plan --tag v2 --region us",
            "  meridian plan --json | jq .waves"
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            Plan plan = meridian.plan(release.request());
            Optional<Kept> kept = plan.unchanged() ? meridian.status().kept() : Optional.empty();
            view.show(new Report.PlanMade(
                    plan, meridian.receipts(), meridian.app().rollout().keepPrevious(), kept));
            return ExitCode.DONE;
        });
    }
}
