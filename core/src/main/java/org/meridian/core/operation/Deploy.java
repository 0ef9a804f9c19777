package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.core.rollout.Patience;
import org.meridian.core.spi.Tasks;

/** Moves users to a release of what is configured now, or finishes doing so. */
public final class Deploy {
    private final Workspace workspace;

    /** Deploys in this workspace. */
    public Deploy(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** What a deploy would do now. */
    public Plan plan(DeployRequest request) throws InterruptedException {
        requireKnown(request.regions());
        Announcements announcements = new Announcements(workspace);
        announcements.planning();
        Found found = find(request, workspace::observeOwn);
        Plan plan = decide(request, found.wanted(), workspace.history(), found.observed())
                .plan();
        tellPending();
        announcements.planned(plan);
        return plan;
    }

    /** Deploys, once {@code confirm} agrees to the plan; tells what was done. */
    public Receipt run(DeployRequest request, Predicate<Plan> confirm) throws InterruptedException {
        requireKnown(request.regions());
        try (Turn turn = Turn.take(workspace, "deploy")) {
            Announcements announcements = new Announcements(workspace);
            announcements.planning();
            Collection<RegionName> regions = request.regions().isEmpty() ? workspace.regionNames() : request.regions();
            Found found = find(request, () -> workspace.observeOwn(regions));
            Observation observed = found.observed();
            if (!new WarmFleets(turn.outside(), workspace.history(), observed)
                    .retireExpired()
                    .isEmpty()) {
                observed = workspace.observeOwn();
            }
            History history = workspace.history();
            Decision decision = decide(request, found.wanted(), history, observed);
            if (decision.interruptedOther().isPresent()) {
                settle(turn, request, decision.interruptedOther().get());
                history = workspace.history();
                observed = workspace.observeOwn();
                decision = decide(request, found.wanted(), history, observed);
            }
            boolean pending = tellPending();
            announcements.planned(decision.plan());
            // A rollout that was cut off when all was done has still to be brought to its end.
            boolean nothingLeft = decision.plan().unchanged()
                    && workspace.history().interrupted().isEmpty();
            new Admission(workspace, history::duties).require(decision.plan(), observed);
            if (nothingLeft && pending) {
                turn.outside().world().traffic().prepare();
            }
            return nothingLeft || !(decision.plan().unchanged() || confirm.test(decision.plan()))
                    ? unchanged(decision)
                    : new CarryOut(workspace, turn).run(decision.plan(), decision.secrets());
        }
    }

    /** Says what the traffic layer changes elsewhere; returns whether there is something. */
    private boolean tellPending() throws InterruptedException {
        List<String> pending = workspace.world().traffic().pending();
        pending.forEach(workspace::note);
        return !pending.isEmpty();
    }

    /** Another release's rollout did not end: a person has said what to do about it, or has to. */
    private void settle(Turn turn, DeployRequest request, RolloutRecord other) throws InterruptedException {
        // What a scaling leaves half-way is in no other release's way, and nobody's users wait for it.
        if (other.kind() != Kind.SCALE && !request.abandonInterrupted()) {
            throw Failure.usage(Diagnostic.of(
                    "interrupted-other",
                    "the rollout to " + other.to() + " did not end, and this is another release",
                    choices(other)));
        }
        new Interrupted(workspace).settle(turn, other);
    }

    private static String choices(RolloutRecord other) {
        if (other.kind() == Kind.ROLLBACK) {
            return "'meridian rollback' finishes it; --abandon-interrupted deploys this one over what each region has.";
        }
        String former = other.from().map(from -> "puts " + from + " back").orElse("removes " + other.to());
        return "'meridian rollback' " + former + "; --abandon-interrupted does so and then deploys this one; deploying "
                + other.to() + " again finishes it.";
    }

    /** Finds out what is wanted and what is there, at the same time. */
    private Found find(DeployRequest request, Patience.Call<Observation> look) throws InterruptedException {
        AtomicReference<@Nullable Wanted> wanted = new AtomicReference<>();
        AtomicReference<@Nullable Observation> observed = new AtomicReference<>();
        workspace
                .world()
                .tasks()
                .forEach(
                        List.<Tasks.Work>of(() -> wanted.set(wanted(request)), () -> observed.set(look.run())),
                        Tasks.Work::run);
        return new Found(requireNonNull(wanted.get()), requireNonNull(observed.get()));
    }

    private Wanted wanted(DeployRequest request) throws InterruptedException {
        ImageReference image = ReleaseContent.requestedImage(workspace.app(), request);
        Secrets secrets = Secrets.complete(workspace.app(), workspace.secretSources());
        Release.Content content = new ReleaseContent(
                        workspace.app(),
                        workspace.patientRegistry(),
                        workspace.world().tasks())
                .of(image, secrets);
        return new Wanted(image, secrets, content);
    }

    private Decision decide(DeployRequest request, Wanted wanted, History history, Observation observed) {
        Release target = identify(wanted.image(), wanted.content(), history, observed);
        Optional<RolloutRecord> other =
                history.interrupted().filter(rollout -> !rollout.to().equals(target.id()));
        Optional<RolloutRecord> resumed =
                history.interrupted().filter(rollout -> rollout.to().equals(target.id()));
        Set<RegionName> scope = scope(request, target.id(), observed);
        // Going on with an interrupted rollback is still a rollback: its fleet is not ours to remove on failure.
        Kind kind = resumed.map(RolloutRecord::kind)
                .orElseGet(() -> onlyNumbersDiffer(target.id(), scope, observed) ? Kind.SCALE : Kind.DEPLOY);
        Optional<ReleaseId> from = kind == Kind.SCALE ? Optional.of(target.id()) : from(target.id(), history, observed);
        Plan plan = new Planner(workspace.app())
                .plan(
                        kind,
                        target,
                        history.past(from, target.id(), workspace.regionNames(), observed),
                        kind == Kind.SCALE ? withRegionsOf(resumed, scope) : scope,
                        observed);
        Plan whole = new ReleaseCommands(workspace)
                .leftOutWhereDone(plan.overriding(Overrides.of(workspace.app(), wanted.secrets())));
        return new Decision(whole, wanted.secrets(), other);
    }

    /** Whether all users have the release already, in some region from more servers or fewer than are wanted. */
    private boolean onlyNumbersDiffer(ReleaseId target, Set<RegionName> scope, Observation observed) {
        return scope.stream().allMatch(region -> observed.serving(region).equals(Set.of(target)))
                && workspace.app().regions().stream()
                        .filter(region -> scope.contains(region.name()))
                        .anyMatch(region -> observed.serving(region.name(), target) != region.servers()
                                || observed.fleet(region.name(), target).size() > region.servers());
    }

    /** What an interrupted scaling began in other regions is finished, too. */
    private Set<RegionName> withRegionsOf(Optional<RolloutRecord> resumed, Set<RegionName> scope) {
        Set<RegionName> all = new HashSet<>(scope);
        resumed.ifPresent(rollout -> rollout.regions().stream()
                .filter(workspace.regionNames()::contains)
                .forEach(all::add));
        return all;
    }

    /** The release that has this content already and is in use or half-way there, or a new one. */
    private Release identify(ImageReference image, Release.Content content, History history, Observation observed) {
        String revision = Fingerprint.of(content);
        Set<ReleaseId> serving = observed.serving();
        Optional<ReleaseId> known = observed.servers().stream()
                .filter(server -> history.revision(server).equals(revision))
                .map(Server::release)
                .filter(id -> serving.contains(id) || isInterrupted(id, history))
                .findFirst()
                .or(() -> history.interrupted().map(RolloutRecord::to).filter(id -> history.release(id)
                        .filter(release -> Fingerprint.of(release.content()).equals(revision))
                        .isPresent()));
        return known.flatMap(history::release)
                .orElseGet(() -> new Release(
                        known.orElseGet(() -> history.nextRelease(observed)),
                        revision,
                        workspace.world().time().now(),
                        image.toString(),
                        content));
    }

    private static boolean isInterrupted(ReleaseId id, History history) {
        return history.interrupted().filter(rollout -> rollout.to().equals(id)).isPresent();
    }

    /** The release to go back to: the interrupted rollout's, else the one that the primary's users have. */
    private Optional<ReleaseId> from(ReleaseId target, History history, Observation observed) {
        Optional<RolloutRecord> interrupted =
                history.interrupted().filter(rollout -> rollout.to().equals(target));
        if (interrupted.isPresent()) {
            return interrupted.get().from();
        }
        return observed.serving(workspace.app().primary()).stream().findFirst().or(() -> observed.serving().stream()
                .findFirst());
    }

    private Set<RegionName> scope(DeployRequest request, ReleaseId target, Observation observed) {
        if (request.regions().isEmpty()) {
            return Set.copyOf(workspace.regionNames());
        }
        RegionName primary = workspace.app().primary();
        List<RegionName> behind = workspace.regionNames().stream()
                .filter(region -> !request.regions().contains(region))
                .filter(region -> !observed.serving(region).equals(Set.of(target)))
                .toList();
        if (request.regions().contains(primary) && !behind.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "primary-before-others",
                    "the primary region " + primary + " moves last, and " + behind + " do not serve " + target + " yet",
                    "Deploy to " + behind + " first, or leave --region away."));
        }
        return request.regions();
    }

    private void requireKnown(Set<RegionName> regions) {
        List<Diagnostic> unknown = new ArrayList<>();
        for (RegionName region : regions) {
            if (!workspace.regionNames().contains(region)) {
                unknown.add(Diagnostic.of(
                        "unknown-region",
                        "there is no region " + region,
                        "Write one of " + workspace.regionNames() + "."));
            }
        }
        if (!unknown.isEmpty()) {
            throw Failure.usage(unknown);
        }
    }

    private Receipt unchanged(Decision decision) {
        Receipt receipt = Receipts.unchanged(workspace, decision.plan());
        workspace.finished(receipt);
        return receipt;
    }

    private record Decision(Plan plan, Secrets secrets, Optional<RolloutRecord> interruptedOther) {}

    private record Wanted(ImageReference image, Secrets secrets, Release.Content content) {}

    private record Found(Wanted wanted, Observation observed) {}
}
