package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.core.plan.RegionPlan;

/**
 * Gives every region the configured number of servers of the release that serves, whatever else the configuration says by
 * now, or finishes doing so.
 */
public final class Scale {
    private final Workspace workspace;

    /** Scales to the numbers of this workspace's app. */
    public Scale(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /**
     * Scales, once {@code confirm} agrees to the plan; tells what was done.
     *
     * @param file where the numbers are to be written; it is as before when the servers are put back
     * @throws Failure of kind USAGE when the regions do not all serve one release, when a rollout to a release has not
     *     ended, or when the secrets of the release can't be had for the new servers
     */
    public Receipt run(CountsFile file, Predicate<Plan> confirm) throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "scale")) {
            return run(turn, file, confirm);
        }
    }

    /** The same in a turn that somebody has. */
    Receipt run(Turn turn, CountsFile file, Predicate<Plan> confirm) throws InterruptedException {
        Announcements announcements = new Announcements(workspace);
        announcements.planning();
        History history = workspace.history();
        Observation observed = workspace.observeOwn(workspace.regionNames());
        Plan plan = plan(history, observed);
        announcements.planned(plan);
        new Admission(workspace, history::duties).require(plan, observed);
        // A scaling that was cut off when all was done has still to be brought to its end.
        boolean nothingLeft =
                plan.unchanged() && workspace.history().interrupted().isEmpty();
        Secrets secrets = secrets(plan);
        if (nothingLeft) {
            file.write();
        }
        if (nothingLeft || !(plan.unchanged() || confirm.test(plan))) {
            Receipt receipt = Receipts.unchanged(workspace, plan);
            workspace.finished(receipt);
            return receipt;
        }
        return new CarryOut(workspace, turn).run(plan, secrets, file);
    }

    private Plan plan(History history, Observation observed) {
        history.interrupted().filter(rollout -> rollout.kind() != Kind.SCALE).ifPresent(Scale::refuse);
        ReleaseId current = history.interrupted().map(RolloutRecord::to).orElseGet(() -> current(observed));
        Release target = history.release(current)
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "release-forgotten",
                        current + " serves, and nothing is remembered of it",
                        "Run 'meridian deploy', which makes a release that is remembered.")));
        Set<RegionName> scope = workspace.regionNames().stream()
                .filter(region -> has(region, current, history, observed))
                .collect(Collectors.toSet());
        tellOfOthers(scope);
        Past past = history.past(Optional.of(current), current, scope, observed);
        return new Planner(workspace.app()).plan(Kind.SCALE, target, past, scope, observed);
    }

    private static void refuse(RolloutRecord unfinished) {
        String what = unfinished.kind() == Kind.ROLLBACK ? "the rollback to " : "the deploy of ";
        String finish = unfinished.kind() == Kind.ROLLBACK
                ? "'meridian rollback' finishes it"
                : "'meridian deploy' finishes it, 'meridian rollback' undoes it";
        throw Failure.usage(Diagnostic.of(
                "rollout-unfinished",
                what + unfinished.to()
                        + " did not end, so it is not said which release is to have more servers or fewer",
                finish + "; then scale."));
    }

    /** The one release that all regions with users serve. */
    private ReleaseId current(Observation observed) {
        Set<ReleaseId> serving = workspace.regionNames().stream()
                .flatMap(region -> observed.serving(region).stream())
                .collect(Collectors.toSet());
        if (serving.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "nothing-serves", "no release serves, so there is nothing to scale", "Run 'meridian deploy'."));
        }
        if (serving.size() > 1) {
            String regions = workspace.regionNames().stream()
                    .filter(region -> !observed.serving(region).isEmpty())
                    .map(region -> region + " "
                            + observed.serving(region).stream()
                                    .map(ReleaseId::toString)
                                    .collect(Collectors.joining(" and ")))
                    .collect(Collectors.joining(", "));
            throw Failure.usage(Diagnostic.of(
                    "mixed-releases",
                    "the regions do not serve one release: " + regions,
                    "Run 'meridian deploy', which brings every region to one release and to its number of servers."));
        }
        return serving.iterator().next();
    }

    private static boolean has(RegionName region, ReleaseId current, History history, Observation observed) {
        Set<ReleaseId> serving = observed.serving(region);
        return serving.equals(Set.of(current))
                || (serving.isEmpty() && history.current(region).equals(Optional.of(current)));
    }

    private void tellOfOthers(Set<RegionName> scope) {
        workspace.regionNames().stream()
                .filter(region -> !scope.contains(region))
                .forEach(region -> workspace.note(
                        region + " has no users yet, so it is not scaled: 'meridian deploy' brings it up."));
    }

    /** What the release had, and not today's: the servers of a region are alike. */
    private Secrets secrets(Plan plan) throws InterruptedException {
        List<Region> regions = plan.regions().stream()
                .filter(region -> !region.toPrepare().isEmpty())
                .map(RegionPlan::region)
                .toList();
        return regions.isEmpty()
                ? Secrets.NONE
                : new FormerSecrets(
                                workspace.secretSources(),
                                plan.target(),
                                "Put that content back, or run 'meridian deploy', which gives every server today's.")
                        .same(regions);
    }
}
