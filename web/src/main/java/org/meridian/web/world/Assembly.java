package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.geography.Place;
import org.meridian.core.geography.Places;
import org.meridian.core.metrics.Counts;
import org.meridian.core.metrics.Rates;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.RegionStatus;
import org.meridian.core.operation.StatusReport.ServerStatus;
import org.meridian.core.spi.FleetView.Unseen;

/** Puts what was seen together into what clients get. */
final class Assembly {
    private final App app;
    private final String address;
    private final Rates rates;
    private final Usages usages;
    private final Probes probes;
    private final PacedServices services;

    Assembly(App app, String address, Rates rates, Usages usages, Probes probes, PacedServices services) {
        this.app = requireNonNull(app, "app is null");
        this.address = requireNonNull(address, "address is null");
        this.rates = requireNonNull(rates, "rates is null");
        this.usages = requireNonNull(usages, "usages is null");
        this.probes = requireNonNull(probes, "probes is null");
        this.services = requireNonNull(services, "services is null");
    }

    /** The world, in which that rollout is under way; empty when none is. */
    WorldView of(StatusReport status, List<Server> servers, Optional<RolloutRecord> running) {
        Map<ServerName, Server> byName =
                servers.stream().collect(Collectors.toMap(Server::name, Function.identity(), (one, other) -> one));
        boolean primaryServes = status.regions().stream()
                .anyMatch(region -> region.name().equals(status.primary()) && region.healthy() > 0);
        return new WorldView(
                status.app().value(),
                status.primary().value(),
                address,
                app.traffic().layer().driver(),
                status.release().map(ReleaseId::toString),
                status.kept().map(kept -> new WorldView.Kept(kept.release().toString(), kept.until())),
                status.lockedBy()
                        .map(holder ->
                                new WorldView.Lock(holder.who(), holder.what(), holder.since(), holder.message())),
                status.unfinished()
                        .map(left -> unfinished(left.rollout(), left.sentence()))
                        .or(() -> running.map(rollout -> unfinished(rollout, "it is under way"))),
                status.approval()
                        .map(rollout -> new WorldView.Approval(
                                rollout.number(), rollout.to().toString())),
                status.orphans().stream()
                        .map(orphan -> new WorldView.Orphan(
                                orphan.server().value(),
                                orphan.region().value(),
                                "no rollout accounts for a server of " + orphan.release() + " there"))
                        .toList(),
                status.regions().stream()
                        .map(region -> region(region, byName, primaryServes))
                        .toList(),
                status.unseen().stream().map(Assembly::unseen).toList(),
                services.seen(),
                Optional.empty());
    }

    private static WorldView.Unfinished unfinished(RolloutRecord rollout, String summary) {
        return new WorldView.Unfinished(rollout.number(), rollout.to().toString(), summary);
    }

    private static WorldView.Unseen unseen(Unseen part) {
        Diagnostic why = part.why();
        return new WorldView.Unseen(part.region().value(), why.code(), why.summary(), why.suggestion());
    }

    /** The world that could not be seen even once. */
    WorldView nothing(Diagnostic why) {
        return new WorldView(
                app.name().value(),
                app.primary().value(),
                address,
                app.traffic().layer().driver(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                services.seen(),
                Optional.of(WorldView.Problem.of(why)));
    }

    private RegionView region(RegionStatus status, Map<ServerName, Server> servers, boolean primaryServes) {
        Region region = app.region(status.name());
        Optional<Place> place = Places.find(region.location());
        boolean primary = status.name().equals(app.primary());
        boolean elsewhere = status.healthy() == 0 && !primary && primaryServes;
        return new RegionView(
                status.name().value(),
                region.provider(),
                region.location(),
                place.map(Place::latitude),
                place.map(Place::longitude),
                primary,
                health(status),
                Optional.of(app.primary()).filter(name -> elsewhere).map(RegionName::value),
                status.release().map(ReleaseId::toString),
                status.healthy(),
                status.wanted(),
                traffic(status),
                probes.of(status.name()),
                weights(status),
                status.servers().stream().map(server -> server(server, servers)).toList());
    }

    private static String health(RegionStatus region) {
        boolean empty =
                region.servers().stream().allMatch(server -> server.weight().percent() == 0);
        if (region.healthy() >= region.wanted()) {
            return "healthy";
        }
        return region.healthy() > 0 ? "degraded" : empty ? "empty" : "down";
    }

    private TrafficView traffic(RegionStatus region) {
        int connections =
                region.servers().stream().mapToInt(ServerStatus::inFlight).sum();
        Counts counts =
                region.servers().stream().map(server -> rates.of(server.name())).reduce(Counts.NONE, Counts::and);
        return TrafficView.of(counts, Optional.of(connections));
    }

    private static List<RegionView.Share> weights(RegionStatus region) {
        Map<ReleaseId, Integer> weights = new TreeMap<>();
        region.servers().stream()
                .filter(server -> server.weight().percent() > 0)
                .forEach(server ->
                        weights.merge(server.release(), server.weight().percent(), Integer::sum));
        int all = weights.values().stream().mapToInt(Integer::intValue).sum();
        return weights.entrySet().stream()
                .map(entry ->
                        new RegionView.Share(entry.getKey().toString(), Math.round(100f * entry.getValue() / all)))
                .toList();
    }

    private ServerView server(ServerStatus status, Map<ServerName, Server> servers) {
        Usages.Known known = usages.of(status.name());
        Optional<Server> server = Optional.ofNullable(servers.get(status.name()));
        boolean pooled = status.weight().percent() > 0 || status.draining();
        return new ServerView(
                status.name().value(),
                status.release().toString(),
                status.address(),
                written(server.map(Server::state).orElse(Server.State.STOPPED)),
                written(status.health()),
                status.weight().percent(),
                status.draining(),
                status.inFlight(),
                TrafficView.of(
                        rates.of(status.name()), Optional.of(status.inFlight()).filter(count -> pooled)),
                known.usage(),
                known.problem(),
                known.containers());
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
