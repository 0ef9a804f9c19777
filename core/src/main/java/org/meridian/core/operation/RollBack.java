package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.core.plan.RegionPlan;

/** Moves users back to a former release: at once where its servers are warm, by making them again otherwise. */
public final class RollBack {
    private final Workspace workspace;

    /** Rolls back in this workspace. */
    public RollBack(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /**
     * Rolls back, once {@code confirm} agrees to the plan; an interrupted deploy is undone without asking for more.
     *
     * <p>Where servers have to be made again, the secrets that the release had are fetched before that.
     *
     * @throws Failure of kind USAGE and code {@code other-secrets} when those can't be had and the request does not say
     *     that today's may stand in
     */
    public Receipt run(RollBackRequest request, Predicate<Plan> confirm) throws InterruptedException {
        Optional<ReleaseId> to = request.to();
        try (Turn turn = Turn.take(workspace, "rollback")) {
            Optional<RolloutRecord> interrupted = undone(to);
            if (interrupted.isPresent()) {
                return new Interrupted(workspace).undo(turn, interrupted.get(), true);
            }
            Observation observed = workspace.observeOwn();
            History history = workspace.history();
            Plan plan = plan(to, history, observed);
            boolean nothingLeft =
                    plan.unchanged() && workspace.history().interrupted().isEmpty();
            new Admission(workspace, history::duties).require(plan, observed);
            Secrets secrets = nothingLeft ? Secrets.NONE : secrets(plan, request);
            if (nothingLeft || !(plan.unchanged() || confirm.test(plan))) {
                Receipt receipt = Receipts.unchanged(workspace, plan);
                workspace.finished(receipt);
                return receipt;
            }
            return new CarryOut(workspace, turn).run(plan, secrets);
        }
    }

    /** What {@link #run} would do now; takes no lock and changes nothing. */
    public Intention intention(RollBackRequest request) throws InterruptedException {
        Optional<RolloutRecord> interrupted = undone(request.to());
        return interrupted.isPresent()
                ? new Intention(interrupted, Optional.empty())
                : new Intention(
                        Optional.empty(), Optional.of(plan(request.to(), workspace.history(), workspace.observeOwn())));
    }

    /** The interrupted deploy that going back there would undo. */
    private Optional<RolloutRecord> undone(Optional<ReleaseId> to) {
        return workspace
                .history()
                .interrupted()
                .filter(rollout -> rollout.kind() != Kind.ROLLBACK)
                .filter(rollout -> to.isEmpty() || to.equals(rollout.from()));
    }

    private Plan plan(Optional<ReleaseId> to, History history, Observation observed) {
        Optional<RolloutRecord> unfinished = history.interrupted().filter(rollout -> rollout.kind() == Kind.ROLLBACK);
        Optional<ReleaseId> current = unfinished.flatMap(RolloutRecord::from).or(() -> current(observed));
        ReleaseId wanted = to.or(() -> unfinished.map(RolloutRecord::to))
                .or(() -> current.flatMap(history::before))
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "nothing-before",
                        current.map(release -> "nothing is remembered of a release before " + release)
                                .orElse("no release serves, so there is none to go back from"),
                        "Name one with --to; 'meridian releases' lists them.")));
        Release target = history.release(wanted)
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "unknown-release",
                        "there is no release " + wanted,
                        "'meridian releases' lists the ones there are.")));
        Past past = history.past(current, wanted, workspace.regionNames(), observed);
        return new Planner(workspace.app())
                .plan(Kind.ROLLBACK, target, past, Set.copyOf(workspace.regionNames()), observed);
    }

    private Optional<ReleaseId> current(Observation observed) {
        return observed.serving(workspace.app().primary()).stream().findFirst().or(() -> observed.serving().stream()
                .findFirst());
    }

    /** Secrets are needed only where servers are made again; a rollback to warm ones must not depend on their store. */
    private Secrets secrets(Plan plan, RollBackRequest request) throws InterruptedException {
        List<Region> regions = plan.regions().stream()
                .filter(region -> !region.toPrepare().isEmpty())
                .map(RegionPlan::region)
                .toList();
        if (regions.isEmpty()) {
            return Secrets.NONE;
        }
        FormerSecrets former = new FormerSecrets(
                workspace.secretSources(),
                plan.target(),
                "Put that content back, or say --current-secrets to give the new servers today's.");
        if (!request.currentSecrets()) {
            return former.same(regions);
        }
        Secrets secrets = former.orTodays(regions);
        boolean others = regions.stream()
                .anyMatch(region -> !requireNonNull(secrets.versions().get(region.name()))
                        .equals(plan.target().content().secretVersions().get(region.name())));
        if (others) {
            workspace.note("Secrets have changed since " + plan.target().id()
                    + "; its new servers get today's where the" + " former ones can't be had.");
        }
        return secrets;
    }

    /**
     * What a rollback would do: one of the two.
     *
     * @param undoes the deploy that was cut off and would be undone
     * @param plan   the plan that would be carried out
     */
    public record Intention(Optional<RolloutRecord> undoes, Optional<Plan> plan) {
        /** Checks that no part is null. */
        public Intention {
            requireNonNull(undoes, "undoes is null");
            requireNonNull(plan, "plan is null");
        }
    }
}
