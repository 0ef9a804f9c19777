package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.channel.ChannelExec;
import org.meridian.core.model.AppName;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.ServerUsage;
import org.meridian.core.spi.DutyAccess;
import org.meridian.core.spi.JobAccess;
import org.meridian.core.spi.ServerAccess;
import org.meridian.drivers.command.Command;

/** Looks into servers over SSH, by the connections that rollouts use; no agent runs there. */
public final class SshServers implements ServerAccess, JobAccess, DutyAccess {
    private static final int MARK_BYTES = 8;

    private final AppName app;
    private final ServerConnections connections;
    private final SecureRandom random = new SecureRandom();

    /** The servers of an app as these connections reach them. */
    public SshServers(AppName app, ServerConnections connections) {
        this.app = requireNonNull(app, "app is null");
        this.connections = requireNonNull(connections, "connections is null");
    }

    @Override
    public ServerUsage usage(Server server) throws InterruptedException {
        String text = connections
                .to(server)
                .run(commands(server).usage())
                .expect("looking at what " + server.name() + " uses", "See whether Docker runs there.");
        return UsageText.read(server, text);
    }

    @Override
    public LogReader logs(Server server, LogRequest request) throws InterruptedException {
        Tail errors = new Tail();
        LiveChannel channel =
                connections.to(server).start(commands(server).logs(request), prepared -> prepared.setErr(errors));
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
        SshConnection connection = connections.to(server);
        Command start = commands.start(invocation, mark);
        LiveChannel channel = connection.start(start, prepared -> terminal(prepared, invocation.terminal()));
        return new SshProcess(channel, invocation.terminal().isPresent(), () -> {
            var unused = connection.run(commands.end(mark));
        });
    }

    @Override
    public ServerDuties look(Server server) throws InterruptedException {
        String text = connections
                .to(server)
                .run(commands(server).duties(server.release()))
                .expect("looking at the workers and jobs of " + server.name(), "See whether Docker runs there.");
        return DutyText.read(server, text);
    }

    @Override
    public List<JobState> states(Server server) throws InterruptedException {
        String text = connections
                .to(server)
                .run(commands(server).jobs(server.release()))
                .expect("looking at the jobs of " + server.name(), "See whether systemd runs there.");
        return JobText.states(server, text);
    }

    @Override
    public List<JobRun> runs(Server server, Optional<String> job) throws InterruptedException {
        String text = connections
                .to(server)
                .run(commands(server).jobRuns(job))
                .expect("reading what jobs ran on " + server.name(), "Run the command again.");
        return JobText.runs(server, text).stream()
                .sorted(Comparator.comparing(JobRun::began))
                .toList();
    }

    @Override
    public RemoteProcess run(Server server, String job) throws InterruptedException {
        LiveChannel channel =
                connections.to(server).start(commands(server).runJob(server.release(), job), prepared -> {});
        return new SshProcess(channel, false, () -> {});
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
        return new AccessCommands(server.sharesMachine() ? server.name().value() : app.value());
    }
}
