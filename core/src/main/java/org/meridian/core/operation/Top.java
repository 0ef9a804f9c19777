package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.operation.TopReport.Row;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.ServerAccess;

/** Tells what all servers use; one that can't be reached does not keep the others from being shown. */
public final class Top {
    private final Workspace workspace;
    private final ServerAccess access;

    /** Tells it of this workspace. */
    public Top(Workspace workspace, ServerAccess access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
    }

    /** Looks at every server at the same time; takes about as long as the slowest. */
    public TopReport read() throws InterruptedException {
        Observation observed = workspace.world().observe();
        Map<ServerName, Row> rows = new ConcurrentHashMap<>();
        workspace.world().tasks().forEach(observed.servers(), server -> rows.put(server.name(), row(server, observed)));
        List<Row> sorted = rows.values().stream()
                .sorted(Comparator.<Row>comparingInt(row -> place(row.server()))
                        .thenComparing(row -> row.server().name()))
                .toList();
        return new TopReport(workspace.world().time().now(), sorted);
    }

    /** Servers in regions that have left the configuration come last. */
    private int place(Server server) {
        int place = workspace.regionNames().indexOf(server.region());
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private Row row(Server server, Observation observed) throws InterruptedException {
        Optional<Origin> origin = observed.pool(server.region()).origin(server.name());
        Weight weight = origin.filter(Origin::serving).map(Origin::weight).orElse(Weight.NONE);
        int inFlight = origin.map(Origin::inFlight).orElse(0);
        if (server.state() != Server.State.RUNNING) {
            return new Row(server, weight, inFlight, Optional.empty(), Optional.of("stopped"));
        }
        try {
            return new Row(server, weight, inFlight, Optional.of(access.usage(server)), Optional.empty());
        } catch (Failure e) {
            return new Row(
                    server,
                    weight,
                    inFlight,
                    Optional.empty(),
                    Optional.of(e.diagnostic().summary()));
        }
    }
}
