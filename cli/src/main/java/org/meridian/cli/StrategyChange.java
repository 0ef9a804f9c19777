package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.Region;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.spi.MachineProvider.Found;

/**
 * Whether a region's traffic can follow the change of its strategy: what users are sent to now is another kind of place than what they
 * shall be sent to.
 */
final class StrategyChange {
    private final App app;

    StrategyChange(App app) {
        this.app = requireNonNull(app, "app is null");
    }

    /** Throws a Failure where users would lose the servers that they have while traffic moves. */
    void require(List<Found> machines) {
        List<Diagnostic> problems = machines.stream()
                .flatMap(found -> region(found).flatMap(region -> problem(region, found)).stream())
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
    }

    private Optional<Region> region(Found found) {
        return Stream.of(app.regions())
                .flatMap(List::stream)
                .filter(region -> region.name().equals(found.region()))
                .findFirst();
    }

    private Optional<Diagnostic> problem(Region region, Found found) {
        boolean stays = found.server().isEmpty();
        return switch (app.traffic().layer()) {
            case TrafficLayer.Here here -> Optional.empty();
            case TrafficLayer.Cloudflare cloudflare when region.machinesStay() && !stays -> onePort(region, cloudflare);
            case TrafficLayer.Cloudflare cloudflare when !region.machinesStay() && stays -> Optional.of(back(region));
            case TrafficLayer.Machines edge when !region.machinesStay() && stays -> Optional.of(back(region));
            case TrafficLayer.Cloudflare _, TrafficLayer.Machines _, TrafficLayer.Dns _ -> Optional.empty();
        };
    }

    private static Diagnostic back(Region region) {
        return Diagnostic.of(
                "strategy-behind-proxies",
                "region " + region.name()
                        + ": its servers are behind proxies on machines that stay, and servers with machines of their own can't take"
                        + " over from these behind an edge",
                "Write 'strategy: in_place' in the region again, or give the new machines a region of another name, deploy, and"
                        + " take this one out.");
    }

    /** Cloudflare checks all origins of an app at one port. */
    private Optional<Diagnostic> onePort(Region region, TrafficLayer.Cloudflare cloudflare) {
        int servers = app.serve().hostPort();
        return cloudflare
                .proxies()
                .map(Proxies::port)
                .filter(port -> port != servers)
                .map(port -> Diagnostic.of(
                        "two-ports",
                        "region " + region.name()
                                + ": Cloudflare checks everything at one port, and the servers that users have now are"
                                + " at port " + servers + " where the proxies that take over have " + port,
                        "Write 'port: " + servers + "' below traffic."));
    }
}
