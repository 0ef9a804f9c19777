package org.meridian.core.operation;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Duties;
import org.meridian.core.model.Origin;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.plan.Observation;

/** Knows which server runs a region's jobs. */
final class Runners {
    private Runners() {}

    /** The server that has the schedules of a region, or should have. */
    static Optional<Server> of(Observation observed, RegionName region) {
        List<ServerName> serving = observed.pool(region).origins().stream()
                .filter(Origin::serving)
                .map(Origin::server)
                .filter(name -> observed.server(name)
                        .filter(server -> server.state() != Server.State.STOPPED)
                        .isPresent())
                .toList();
        return Duties.runner(serving).flatMap(observed::server);
    }
}
