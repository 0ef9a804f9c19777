package org.meridian.drivers.haproxy;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.EdgeMachine;

/** What an app has of a machine that others have too: it goes with the last of them. */
class SharedMachine implements EdgeMachine {
    private final AppName app;
    private final int port;
    private final EdgeMachine all;

    /** The one on which HAProxy listens at that port for the app. */
    SharedMachine(AppName app, int port, EdgeMachine all) {
        this.app = app;
        this.port = port;
        this.all = all;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean exists() throws InterruptedException {
        return all.read(EdgeFiles.part(app)).isPresent();
    }

    @Override
    public boolean running() throws InterruptedException {
        return all.running();
    }

    @Override
    public void ensure(Collection<RegionName> regions) throws InterruptedException {
        all.ensure(regions);
        run(Command.of(
                        "sh",
                        "-c",
                        "mkdir -p /etc/haproxy/meridian; [ -e \"$1\" ] || : > \"$1\"",
                        "-",
                        EdgeFiles.part(app)))
                .expect("making a part", "");
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        return all.run(command);
    }

    @Override
    public Process open(Command command) throws InterruptedException {
        return all.open(command);
    }

    @Override
    public Optional<String> read(String path) throws InterruptedException {
        return all.read(path);
    }

    @Override
    public void reload() throws InterruptedException {
        all.reload();
    }

    @Override
    public void destroy() throws InterruptedException {
        if (exists()
                && !run(Command.of("sh", "-c", "rm \"$1\"; ls /etc/haproxy/meridian/*.part", "-", EdgeFiles.part(app)))
                        .succeeded()) {
            all.destroy();
        }
    }

    @Override
    public URI address() {
        return all.address();
    }
}
