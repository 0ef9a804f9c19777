package org.meridian.cli.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.LiveTable;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what servers use. */
@Command(
        name = "top",
        description = {
            "Shows what every server and its containers use: processor, memory, disk, restarts, health;",
            "and what every server answers: requests a second, the share that failed, latencies in percentiles.",
            "On a terminal it is shown again every two seconds, until Ctrl-C; elsewhere once."
        },
        footer = {"", "Examples:", "  meridian top", "  meridian top --json | jq '.servers[] | {name, cpu_percent}'"})
final class TopCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    TopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.attended(json.wanted(), (meridian, view) -> {
            if (session.console().live() && !json.wanted()) {
                watch(meridian);
            } else {
                view.show(new Report.Top(meridian.top()));
            }
            return ExitCode.DONE;
        });
    }

    private void watch(Meridian meridian) throws InterruptedException {
        try (LiveTable table = LiveTable.on(session.console())) {
            while (true) {
                table.draw(meridian.top());
                session.console().requireWritable();
                Thread.sleep(PAUSE);
            }
        }
    }
}
