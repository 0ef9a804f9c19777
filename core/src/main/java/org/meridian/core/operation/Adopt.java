package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.model.StoreIdentity;

/** Takes over the servers that were made from another state, because that state is lost. */
public final class Adopt {
    private final Workspace workspace;

    /** Adopts in this workspace. */
    public Adopt(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** The servers there are that were made from that state; throws a Failure of kind USAGE when there are none. */
    public List<Server> find(UUID store) throws InterruptedException {
        List<Server> servers = workspace.observe().servers().stream()
                .filter(server -> server.store()
                        .filter(mark -> mark.store().equals(store))
                        .isPresent())
                .toList();
        if (servers.isEmpty()) {
            throw Failure.usage(Diagnostic.of(
                    "unknown-store",
                    "no server of the app was made from the state " + store,
                    "'meridian status' says from which state servers were made."));
        }
        return servers;
    }

    /** Takes them over: from now on they are this state's own, and may be retired. */
    public void run(UUID store) throws InterruptedException {
        List<String> servers =
                find(store).stream().map(server -> server.name().value()).toList();
        try (Turn turn = Turn.take(workspace, "adopt")) {
            StoreIdentity identity = workspace
                    .state()
                    .identity()
                    .orElseThrow(() -> new IllegalStateException("a store that was locked has an identity"));
            new Audit(workspace).write("adopt", servers, store.toString());
            workspace.state().save(turn.lock(), identity.adopting(store));
        }
    }
}
