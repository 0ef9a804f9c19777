package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.Server;
import org.meridian.core.plan.Observation;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.Accessories;

/** Removes everything that Meridian made for an app: servers, networks, the edge, and what is remembered. */
public final class Destroy {
    private final Workspace workspace;

    /** Destroys in this workspace. */
    public Destroy(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /**
     * Removes it all but what keeps data; the caller has asked first.
     *
     * @param accessories the services that keep data
     * @param data        those that are removed too, with their data
     * @return what was removed and what stays of those, for people
     */
    public List<String> run(Accessories accessories, Set<String> data) throws InterruptedException {
        AccessoryWork work = new AccessoryWork(workspace, accessories);
        work.requireAll(data);
        try (Turn turn = Turn.take(workspace, "destroy")) {
            Observation unused = workspace.observeOwn();
            new Audit(workspace).write("destroy", List.of(), "everything");
            World world = turn.outside().world();
            world.traffic().destroyAll();
            // Before the networks of local servers go: a machine may be reached through one.
            List<String> lines = removed(work, accessories, data);
            world.fleets().destroyAll();
            workspace.state().clear(turn.lock());
            return lines;
        }
    }

    private static List<String> removed(AccessoryWork work, Accessories accessories, Set<String> data)
            throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Optional<Server> place = accessories.place();
        if (place.isPresent()) {
            for (String service : data) {
                work.masked(there -> lines.addAll(accessories.remove(there, service)));
            }
            accessories
                    .list(place.get())
                    .forEach(left -> lines.add(left.name() + " goes on with its data ("
                            + String.join(", ", left.data()) + "): 'meridian accessories remove " + left.name()
                            + "' removes them."));
        }
        return lines;
    }
}
