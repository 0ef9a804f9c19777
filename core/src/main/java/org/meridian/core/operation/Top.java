package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.metrics.Rates;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.model.Weight;
import org.meridian.core.operation.TopReport.Row;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.ServerAccess;
import org.meridian.core.spi.Time;

/**
 * Tells what all servers use and what they answer; one that can't be reached does not keep the others from being shown.
 * Asked again, it tells what was answered since; for one thread at a time.
 */
public final class Top {
    /** A percentile of less means little. */
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final ServerAccess access;
    private final Rates rates;
    private boolean counted;

    /** Tells it of this workspace. */
    public Top(Workspace workspace, ServerAccess access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.rates = new Rates(workspace.world().metrics(), workspace.world().time());
    }

    /** Looks at every server at the same time; takes about as long as the slowest, and the first time at least a second. */
    public TopReport read() throws InterruptedException {
        Time time = workspace.world().time();
        Observation observed = workspace.world().patience().retry(workspace.world()::observe);
        long begun = time.nanos();
        if (!counted) {
            count();
        }
        Map<ServerName, Used> used = used(observed.servers());
        if (!counted) {
            counted = true;
            Duration left = BETWEEN_COUNTS.minusNanos(time.nanos() - begun);
            if (left.isPositive()) {
                time.sleep(left);
            }
        }
        count();
        rates.tidy(used.keySet());
        return new TopReport(time.now(), rows(observed, used));
    }

    private void count() throws InterruptedException {
        workspace.world().tasks().forEach(workspace.app().regions(), region -> rates.look(region.name()));
    }

    private Map<ServerName, Used> used(List<Server> servers) throws InterruptedException {
        Map<ServerName, Used> used = new ConcurrentHashMap<>();
        workspace.world().tasks().forEach(servers, server -> used.put(server.name(), used(server)));
        return used;
    }

    private Used used(Server server) throws InterruptedException {
        if (server.state() != Server.State.RUNNING) {
            return new Used(Optional.empty(), Optional.of(server.state().name().toLowerCase(Locale.ROOT)));
        }
        try {
            return new Used(Optional.of(access.usage(server)), Optional.empty());
        } catch (Failure e) {
            return new Used(Optional.empty(), Optional.of(e.diagnostic().summary()));
        }
    }

    private List<Row> rows(Observation observed, Map<ServerName, Used> used) {
        return observed.servers().stream()
                .sorted(Comparator.<Server>comparingInt(this::place).thenComparing(Server::name))
                .map(server -> row(server, observed, requireNonNull(used.get(server.name()))))
                .toList();
    }

    /** Servers in regions that have left the configuration come last. */
    private int place(Server server) {
        int place = workspace.regionNames().indexOf(server.region());
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private Row row(Server server, Observation observed, Used used) {
        Optional<Origin> origin = observed.pool(server.region()).origin(server.name());
        return new Row(
                server,
                origin.filter(Origin::serving).map(Origin::weight).orElse(Weight.NONE),
                origin.map(Origin::inFlight).orElse(0),
                rates.of(server.name()),
                used.usage(),
                used.problem());
    }

    /** What a server uses, or why that can't be told. */
    private record Used(Optional<ServerUsage> usage, Optional<String> problem) {}
}
