package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.sshd.client.channel.ChannelExec;
import org.meridian.core.model.AppName;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.spi.ServerAccess;
import org.meridian.drivers.command.Command;

/** Looks into servers over SSH, by the connections that rollouts use; no agent runs there. */
public final class SshServers implements ServerAccess {
    private static final int MARK_BYTES = 8;

    private final AppName app;
    private final SshHosts hosts;
    private final SecureRandom random = new SecureRandom();

    /** The servers of an app as these hosts reach them. */
    public SshServers(AppName app, SshHosts hosts) {
        this.app = requireNonNull(app, "app is null");
        this.hosts = requireNonNull(hosts, "hosts is null");
    }

    @Override
    public ServerUsage usage(Server server) throws InterruptedException {
        String text = hosts.connection(server)
                .run(commands(server).usage())
                .expect("looking at what " + server.name() + " uses", "See whether Docker runs there.");
        return UsageText.read(server, text);
    }

    @Override
    public LogReader logs(Server server, LogRequest request) throws InterruptedException {
        Tail errors = new Tail();
        LiveChannel channel =
                hosts.connection(server).start(commands(server).logs(request), prepared -> prepared.setErr(errors));
        SshLogs logs = new SshLogs(channel, server, errors, request.follow());
        boolean begun = false;
        try {
            logs.awaitBeginning();
            begun = true;
            return logs;
        } finally {
            if (!begun) {
                logs.close();
            }
        }
    }

    @Override
    public RemoteProcess start(Server server, Invocation invocation) throws InterruptedException {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        String mark = HexFormat.of().formatHex(bytes);
        AccessCommands commands = commands(server);
        SshConnection connection = hosts.connection(server);
        Command start = commands.start(invocation, mark);
        LiveChannel channel = connection.start(start, prepared -> terminal(prepared, invocation.terminal()));
        return new SshProcess(channel, invocation.terminal().isPresent(), () -> {
            var unused = connection.run(commands.end(mark));
        });
    }

    private static void terminal(ChannelExec channel, Optional<Size> wanted) {
        wanted.ifPresent(size -> {
            channel.setUsePty(true);
            channel.setPtyType("xterm-256color");
            channel.setPtyColumns(size.columns());
            channel.setPtyLines(size.rows());
        });
    }

    private AccessCommands commands(Server server) {
        return new AccessCommands(server.seat().isPresent() ? server.name().value() : app.value());
    }
}
