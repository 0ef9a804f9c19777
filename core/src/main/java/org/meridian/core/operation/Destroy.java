package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import org.meridian.core.spi.StateStore;

/** Removes everything that Meridian made for an app: servers, networks, the edge, and what is remembered. */
public final class Destroy {
    private final Workspace workspace;

    /** Destroys in this workspace. */
    public Destroy(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Removes it all; the caller has asked first. */
    public void run() throws InterruptedException {
        try (StateStore.Lock lock = workspace.lock("destroy")) {
            workspace.world().traffic().destroyAll();
            workspace.world().fleets().destroyAll();
            workspace.state().clear(lock);
        }
    }
}
