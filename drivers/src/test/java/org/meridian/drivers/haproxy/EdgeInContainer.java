package org.meridian.drivers.haproxy;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.local.LocalEdge;

/** The local edge as HAProxy's machine, for tests. */
record EdgeInContainer(LocalEdge edge) implements EdgeMachine {
    @Override
    public boolean exists() throws InterruptedException {
        return edge.exists();
    }

    @Override
    public boolean running() throws InterruptedException {
        return edge.running();
    }

    @Override
    public void ensure(Collection<RegionName> regions) throws InterruptedException {
        edge.ensure(regions);
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        return edge.run(command);
    }

    @Override
    public Process open(Command command) {
        return edge.open(command);
    }

    @Override
    public Optional<String> read(String path) throws InterruptedException {
        return edge.read(path);
    }

    @Override
    public void reload() throws InterruptedException {
        edge.reload();
    }

    @Override
    public void destroy() throws InterruptedException {
        edge.destroy();
    }

    @Override
    public URI address() {
        return edge.address();
    }
}
