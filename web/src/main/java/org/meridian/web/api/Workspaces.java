package org.meridian.web.api;

import org.meridian.core.event.EventSink;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.World;

/** Workspaces in which somebody else acts, and whose events go elsewhere. */
final class Workspaces {
    private Workspaces() {}

    static Workspace by(Workspace workspace, String who) {
        return with(workspace, who, workspace.world());
    }

    static Workspace telling(Workspace workspace, String who, EventSink events) {
        World world = workspace.world();
        return with(
                workspace,
                who,
                new World(
                        world.fleets(),
                        world.hosts(),
                        world.traffic(),
                        world.metrics(),
                        world.prober(),
                        world.hooks(),
                        world.time(),
                        world.tasks(),
                        events));
    }

    private static Workspace with(Workspace workspace, String who, World world) {
        return new Workspace(
                workspace.app(),
                world,
                workspace.state(),
                workspace.registry(),
                workspace.secrets(),
                who,
                workspace.lockWait());
    }
}
