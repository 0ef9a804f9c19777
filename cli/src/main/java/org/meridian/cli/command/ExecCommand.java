package org.meridian.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Outputs;
import org.meridian.cli.view.Outputs.Output;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.operation.ExecRequest;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a running container. */
@Command(
        name = "exec",
        description = {
            "Runs a command in a running container, with this terminal where there is one.",
            "Runs on a server of the primary region that takes traffic, in the service that is served, unless told otherwise.",
            "Ends with the command's exit code, and writes into the audit log who ran what where."
        },
        footer = {
            "",
            "Examples:",
            "  meridian exec -- bin/rails runner 'puts User.count'",
            "  meridian exec --region us-west --service worker -- sh",
            "  meridian exec --all -- cat /proc/loadavg"
        })
final class ExecCommand implements Callable<Integer> {
    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--all",
            description = "On every server that takes traffic, at the same time; the output grouped by server.")
    private boolean all;

    @Mixin
    private RawOption raw = new RawOption();

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments; no shell.")
    private List<String> command = new ArrayList<>();

    private final Session session;

    private ExecCommand(Session session) {
        this.session = session;
    }

    /** The command, whose options end where the other one begins. */
    static CommandLine with(Session session) {
        return new CommandLine(new ExecCommand(session)).setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        return session.attended(
                false,
                (meridian, view) -> all
                        ? everywhere(meridian, view)
                        : Attached.run(session, meridian, ExecRequest.Kind.EXEC, place, command, raw.output()));
    }

    /** The highest exit code of all. */
    private int everywhere(Meridian meridian, View view) throws InterruptedException {
        ExecRequest request = Attached.plain(ExecRequest.Kind.EXEC, place, command, raw.output());
        List<Server> servers = meridian.begin(request, true);
        var outputs = new Outputs(session.console());
        int worst = ExitCode.DONE;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Output>> running = servers.stream()
                    .map(server -> threads.submit(() -> output(meridian, request, server, outputs)))
                    .toList();
            try {
                for (Future<Output> one : running) {
                    worst = Math.max(worst, shown(one, outputs, view));
                }
            } finally {
                threads.shutdownNow();
            }
        }
        return worst;
    }

    private static Output output(Meridian meridian, ExecRequest request, Server server, Outputs outputs)
            throws InterruptedException {
        try (RemoteProcess process = meridian.start(request, server)) {
            return outputs.read(server, process);
        }
    }

    private static int shown(Future<Output> running, Outputs outputs, View view) throws InterruptedException {
        try {
            Output output = running.get();
            outputs.show(output);
            return output.exitCode();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                view.problems(failure.diagnostics());
                return ExitCode.FAILED;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
