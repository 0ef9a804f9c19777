package org.meridian.web.api;

import io.javalin.http.Context;
import java.util.Optional;
import org.meridian.core.model.Server;

/**
 * Which servers a request is about.
 *
 * @param region the region's name; empty for all
 * @param server the server's name; empty for all
 */
record ServerChoice(Optional<String> region, Optional<String> server) {
    static ServerChoice of(Context context) {
        return new ServerChoice(given(context, "region"), given(context, "server"));
    }

    boolean matches(Server candidate) {
        boolean there =
                region.map(name -> candidate.region().value().equals(name)).orElse(true);
        boolean wanted =
                server.map(name -> candidate.name().value().equals(name)).orElse(true);
        boolean reachable =
                candidate.state() == Server.State.RUNNING && candidate.address().isPresent();
        return there && wanted && reachable;
    }

    /** A parameter that says something. */
    static Optional<String> given(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
    }
}
