package org.meridian.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.model.Weight;

/**
 * Turns what is wanted and what is there into a plan, without looking at anything else: the same input gives the same
 * plan. Planning again after an interruption gives the rest of the work.
 */
public final class Planner {
    private final App app;

    /** Plans for this app. */
    public Planner(App app) {
        this.app = requireNonNull(app, "app is null");
    }

    /**
     * Plans a rollout.
     *
     * @param kind   what was asked for
     * @param target the release that shall serve
     * @param past   the releases that must stay in place
     * @param scope  the regions to cover
     * @param world  what is there
     */
    public Plan plan(RolloutRecord.Kind kind, Release target, Past past, Set<RegionName> scope, Observation world) {
        List<RegionPlan> regions = app.regions().stream()
                .filter(region -> scope.contains(region.name()))
                .map(region -> plan(region, target, past, world))
                .toList();
        boolean moves = regions.stream().anyMatch(RegionPlan::shift);
        boolean releaseIsNew = !past.from().equals(Optional.of(target.id()));
        boolean deploysNew = kind == RolloutRecord.Kind.DEPLOY && moves && releaseIsNew;
        boolean hook = deploysNew && scope.contains(app.primary());
        return new Plan(
                kind,
                target,
                past.from(),
                app.primary(),
                regions,
                waves(kind, regions),
                hook ? target.content().beforeShift() : Optional.empty(),
                deploysNew ? target.content().releaseCommand() : Optional.empty(),
                List.of());
    }

    private RegionPlan plan(Region region, Release target, Past past, Observation world) {
        List<ServerSpec> wanted = wanted(region, target);
        int before = past.had(region.name()).equals(Optional.of(target.id())) ? past.servers(region.name()) : 0;
        Set<ServerName> names = wanted.stream().map(ServerSpec::name).collect(Collectors.toSet());
        Map<ServerName, Origin> origins = world.pool(region.name()).byServer();
        List<ServerSpec> toCreate =
                wanted.stream().filter(spec -> !runs(spec.name(), world)).toList();
        List<ServerSpec> toPrepare = wanted.stream()
                .filter(spec -> !runs(spec.name(), world) || !healthy(origins.get(spec.name())))
                .toList();
        List<Server> previous = new ArrayList<>();
        List<Server> superseded = new ArrayList<>();
        List<Server> surplus = new ArrayList<>();
        List<Server> passing = new ArrayList<>();
        for (Server server : world.servers(region.name())) {
            if (names.contains(server.name())) {
                continue;
            }
            if (server.release().equals(target.id())) {
                surplus.add(server);
            } else if (serves(origins.get(server.name())) || past.goesBackTo(region.name(), server.release())) {
                previous.add(server);
                if (!past.goesBackTo(region.name(), server.release()) && !past.keeps(region.name(), server.release())) {
                    passing.add(server);
                }
            } else if (!past.keeps(region.name(), server.release())) {
                superseded.add(server);
            }
        }
        return new RegionPlan(
                region,
                past.had(region.name()),
                before,
                wanted,
                toCreate,
                toPrepare,
                previous,
                superseded,
                surplus,
                passing,
                !settled(names, origins));
    }

    private List<ServerSpec> wanted(Region region, Release target) {
        return IntStream.rangeClosed(1, region.servers())
                .mapToObj(n -> new ServerSpec(
                        ServerName.of(app.name(), region.name(), target.id(), n), target.id(), target.revision()))
                .toList();
    }

    private static boolean runs(ServerName name, Observation world) {
        return world.server(name)
                .filter(server -> server.state() == Server.State.RUNNING)
                .isPresent();
    }

    private static boolean healthy(@Nullable Origin origin) {
        return origin != null && origin.health() == Origin.Health.HEALTHY;
    }

    private static boolean serves(@Nullable Origin origin) {
        return origin != null && origin.serving();
    }

    /** Whether exactly the wanted origins take all traffic and all others have left it for good. */
    private static boolean settled(Set<ServerName> wanted, Map<ServerName, Origin> origins) {
        boolean wantedServe = wanted.stream()
                .map(origins::get)
                .allMatch(origin ->
                        serves(origin) && requireNonNull(origin).weight().equals(Weight.FULL));
        boolean othersLeft = origins.values().stream()
                .filter(origin -> !wanted.contains(origin.server()))
                .allMatch(Origin::draining);
        return wantedServe && othersLeft;
    }

    /** Regions whose users keep their release wait for no other. */
    private List<List<RegionName>> waves(RolloutRecord.Kind kind, List<RegionPlan> regions) {
        List<RegionName> shifting =
                regions.stream().filter(RegionPlan::shift).map(RegionPlan::name).toList();
        if (kind == RolloutRecord.Kind.SCALE) {
            return shifting.isEmpty() ? List.of() : List.of(shifting);
        }
        return app.rollout().waves().stream()
                .map(wave -> wave.stream().filter(shifting::contains).toList())
                .filter(wave -> !wave.isEmpty())
                .toList();
    }
}
