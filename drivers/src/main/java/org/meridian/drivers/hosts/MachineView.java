package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Server;

/**
 * What one look at a machine found.
 *
 * @param servers the app's servers there; those of before, unreachable, where it could not be looked at
 * @param problem why it could not be looked at; empty when it could
 */
record MachineView(List<Server> servers, Optional<Diagnostic> problem) {
    MachineView {
        servers = List.copyOf(servers);
        requireNonNull(problem, "problem is null");
    }
}
