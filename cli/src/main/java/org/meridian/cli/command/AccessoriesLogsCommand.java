package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.LogLines;
import org.meridian.core.model.Region;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a service that keeps data writes. */
@Command(
        name = "logs",
        description = "Shows the last lines that a service that keeps data has written.",
        footer = {"", "Examples:", "  meridian accessories logs db", "  meridian accessories logs db --tail 500"})
final class AccessoriesLogsCommand implements Callable<Integer> {
    private static final int USUAL = 100;

    @Parameters(paramLabel = "NAME", description = "The service.")
    private String service = "";

    @Option(names = "--tail", paramLabel = "LINES", description = "How many of the last lines. Default: 100.")
    private int tail = USUAL;

    private final Session session;

    AccessoriesLogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(false, (meridian, view) -> {
            var lines = new LogLines(
                    session.console(),
                    false,
                    meridian.app().regions().stream().map(Region::name).toList());
            meridian.accessoryLogs(service, tail, lines);
            return ExitCode.DONE;
        });
    }
}
