package org.meridian.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a deploy would do. */
@Command(
        name = "plan",
        description = "Shows what a deploy would do, and does nothing.",
        footer = {
            "",
            "Examples:",
            "  meridian plan",
            "  meridian plan --tag v2 --region us",
            "  meridian plan --env    # which variables the app's services get, and where each is from; no values",
            "  meridian plan --json | jq .waves"
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--env",
            description =
                    "Shows which variables the app's services have in each region and what wins, instead of the plan.")
    private boolean environment;

    private final Session session;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            if (environment) {
                view.show(new Report.Environment(meridian.environment()));
                return ExitCode.DONE;
            }
            Plan plan = meridian.plan(release.request());
            Optional<Kept> kept = plan.unchanged() ? meridian.status().kept() : Optional.empty();
            List<RegionPreview> previews = meridian.previews(plan);
            view.show(new Report.PlanMade(
                    plan,
                    meridian.receipts(),
                    meridian.app().rollout().keepPrevious(),
                    kept,
                    previews,
                    meridian.dataServices(),
                    Report.PlanMade.relayed(meridian.app()),
                    meridian.warnings()));
            return unanswered(previews, view);
        });
    }

    /** The plan is as good without, and a deploy is going to ask the same. */
    private static int unanswered(List<RegionPreview> previews, View view) {
        List<Failure> failures =
                previews.stream().flatMap(preview -> preview.failure().stream()).toList();
        if (failures.isEmpty()) {
            return ExitCode.DONE;
        }
        view.problems(failures.stream()
                .flatMap(failure -> failure.diagnostics().stream())
                .toList());
        return ExitCode.of(failures.getFirst().kind());
    }
}
