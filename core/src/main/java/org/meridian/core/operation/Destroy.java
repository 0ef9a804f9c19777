package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.World;

/** Removes everything that Meridian made for an app: servers, networks, the edge, and what is remembered. */
public final class Destroy {
    private final Workspace workspace;

    /** Destroys in this workspace. */
    public Destroy(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Removes it all; the caller has asked first. */
    public void run() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "destroy")) {
            Observation unused = workspace.observeOwn();
            new Audit(workspace).write("destroy", List.of(), "everything");
            World world = turn.outside().world();
            world.traffic().destroyAll();
            world.fleets().destroyAll();
            workspace.state().clear(turn.lock());
        }
    }
}
