package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Act;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.core.plan.RegionPlan;

/**
 * A rollout that nobody carries out and that has not ended: where it was cut off, and what is left to finish or to undo.
 *
 * @param rollout the rollout
 * @param during  what was being done when it was cut off, and what of nobody knows whether it happened
 * @param last    what was done last, when nothing was being done
 * @param serving which releases take the traffic of each region of the rollout, in the configuration's order
 * @param finish  what finishing takes; empty when nothing is remembered of the release
 * @param undo    what undoing takes
 */
public record Unfinished(
        RolloutRecord rollout,
        List<Act> during,
        Optional<Act> last,
        List<Serving> serving,
        Optional<Work> finish,
        Work undo) {
    /** Copies the lists. */
    public Unfinished {
        requireNonNull(rollout, "rollout is null");
        during = List.copyOf(during);
        requireNonNull(last, "last is null");
        serving = List.copyOf(serving);
        requireNonNull(finish, "finish is null");
        requireNonNull(undo, "undo is null");
    }

    static Unfinished of(
            App app, RolloutRecord rollout, History history, Observation observed, List<JournalReport.Line> journal) {
        List<RegionName> regions = app.regions().stream()
                .map(region -> region.name())
                .filter(rollout.regions()::contains)
                .toList();
        List<Act> during = JournalReport.open(journal);
        Optional<Act> last = journal.isEmpty()
                ? Optional.empty()
                : Optional.of(journal.getLast().act());
        return new Unfinished(
                rollout,
                during,
                during.isEmpty() ? last : Optional.empty(),
                regions.stream()
                        .map(region -> new Serving(region, observed.serving(region)))
                        .toList(),
                history.release(rollout.to())
                        .map(target -> new Planner(app)
                                .plan(
                                        rollout.kind(),
                                        target,
                                        history.past(rollout.from(), rollout.to(), regions, observed),
                                        Set.copyOf(regions),
                                        observed))
                        .map(Work::finishing),
                rollout.kind() == RolloutRecord.Kind.SCALE
                        ? unscaling(rollout, regions, observed)
                        : undoing(rollout, regions, observed));
    }

    private static Work undoing(RolloutRecord rollout, List<RegionName> regions, Observation observed) {
        // Where users had the release already, nothing goes back.
        List<RegionName> moved = regions.stream()
                .filter(region -> !rollout.to().equals(rollout.former().get(region)))
                .toList();
        int shift = (int) moved.stream()
                .filter(region -> observed.serving(region).contains(rollout.to()))
                .count();
        int remove = moved.stream()
                .mapToInt(region -> observed.fleet(region, rollout.to()).size())
                .sum();
        boolean keeps = rollout.kind() == RolloutRecord.Kind.ROLLBACK;
        return new Work(0, 0, shift, keeps ? 0 : remove);
    }

    /** Servers that came go, and those that left and are there still come back. */
    private static Work unscaling(RolloutRecord rollout, List<RegionName> regions, Observation observed) {
        int shift = 0;
        int remove = 0;
        for (RegionName region : regions) {
            int before = rollout.servers().getOrDefault(region, 0);
            shift += observed.serving(region, rollout.to()) == before ? 0 : 1;
            remove += (int) observed.fleet(region, rollout.to()).stream()
                    .filter(server -> server.name().number() > before)
                    .count();
        }
        return new Work(0, 0, shift, remove);
    }

    /** All of it in one sentence or two, for people. */
    public String sentence() {
        return new UnfinishedWords(this).sentence();
    }

    /**
     * Who serves a region.
     *
     * @param region   the region
     * @param releases the releases that take its traffic, oldest first; more than one in mid-shift
     */
    public record Serving(RegionName region, Set<ReleaseId> releases) {
        /** Checks that no part is null; the order of the releases stays. */
        public Serving {
            requireNonNull(region, "region is null");
            requireNonNull(releases, "releases is null");
        }
    }

    /**
     * What there is to do.
     *
     * @param create  servers to make
     * @param prepare servers that are there and need the release
     * @param shift   regions whose traffic moves
     * @param remove  servers to destroy
     */
    public record Work(int create, int prepare, int shift, int remove) {
        static Work finishing(Plan plan) {
            int create = plan.regions().stream()
                    .mapToInt(region -> region.toCreate().size())
                    .sum();
            int prepare = plan.regions().stream()
                    .mapToInt(region -> region.toPrepare().size())
                    .sum();
            int shift = (int) plan.regions().stream().filter(RegionPlan::shift).count();
            int remove = plan.regions().stream()
                    .mapToInt(region ->
                            region.superseded().size() + region.surplus().size())
                    .sum();
            return new Work(create, prepare - create, shift, remove);
        }
    }
}
