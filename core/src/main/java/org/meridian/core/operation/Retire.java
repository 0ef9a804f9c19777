package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Destroys the previous fleet once it was kept for long enough. */
public final class Retire {
    private final Workspace workspace;

    /** Retires in this workspace. */
    public Retire(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Retires what is due; a line for each region in which servers went. */
    public List<String> run() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "retire")) {
            return turn.outside()
                    .retireExpired(workspace.history(), workspace.world().observe());
        }
    }
}
