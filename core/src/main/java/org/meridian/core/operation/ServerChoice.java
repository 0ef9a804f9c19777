package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.logs.LogQuery;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;

/** Finds the servers and services that a person means, and says what there is when there is no such thing. */
final class ServerChoice {
    private final Workspace workspace;

    ServerChoice(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Those of these servers that are named so; throws a Failure of kind USAGE when there are none. */
    List<Server> among(Collection<Server> servers, Optional<RegionName> region, Optional<String> name) {
        if (servers.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "nothing-deployed", "nothing is deployed yet: there is no server", "Run 'meridian deploy'."));
        }
        region.filter(wanted ->
                        servers.stream().noneMatch(server -> server.region().equals(wanted)))
                .ifPresent(wanted -> {
                    throw unknown("region", "no server is in region " + wanted, regions(servers));
                });
        List<Server> found = servers.stream()
                .filter(server -> region.map(server.region()::equals).orElse(true))
                .filter(server -> name.map(text -> LogQuery.named(server, text)).orElse(true))
                .sorted(Comparator.comparing(Server::name))
                .toList();
        if (found.isEmpty()) {
            throw unknown("server", "there is no server " + name.orElse(""), names(servers));
        }
        return found;
    }

    /** Those that take their region's traffic; where none does, those of the newest release. */
    static List<Server> current(Observation observed, List<Server> servers) {
        return servers.stream()
                .filter(server -> current(observed, server.region())
                        .map(server.release()::equals)
                        .orElse(false))
                .toList();
    }

    private static Optional<ReleaseId> current(Observation observed, RegionName region) {
        // In the midst of a shift the older one is what most users have.
        return observed.serving(region).stream()
                .findFirst()
                .or(() -> observed.servers(region).stream().map(Server::release).max(Comparator.naturalOrder()));
    }

    /** Throws a Failure of kind USAGE when no release of these servers has that service, as far as is remembered. */
    void requireService(String service, Collection<Server> servers) {
        Set<ReleaseId> releases = servers.stream().map(Server::release).collect(Collectors.toSet());
        Set<String> services = workspace.state().releases().stream()
                .filter(release -> releases.contains(release.id()))
                .map(Release::content)
                .flatMap(content -> content.images().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!services.isEmpty() && !services.contains(service)) {
            throw unknown("service", "the Compose file has no service " + service, services);
        }
    }

    private static Set<String> regions(Collection<Server> servers) {
        return servers.stream().map(server -> server.region().value()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Collection<Server> servers) {
        return servers.stream().map(server -> server.name().value()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Failure unknown(String what, String summary, Set<String> known) {
        return Failure.usage(Diagnostic.of(
                "unknown-" + what, summary, "There is " + String.join(", ", known) + "; write one of these."));
    }
}
