package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a rollout did. */
@Command(
        name = "journal",
        description = {
            "Shows what a rollout did to the world, act by act: when, for how long, and how it ended.",
            "'not known' is an act that a deployer began and did not live to see the end of."
        },
        footer = {
            "",
            "Examples:",
            "  meridian journal",
            "  meridian journal 7 --json | jq '.acts[] | select(.ended != \"done\")'"
        })
final class JournalCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "ROLLOUT",
            description = "The rollout's number, as 'meridian releases --json' tells. Default: the last one.")
    private Optional<Integer> rollout = Optional.empty();

    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    JournalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Journal(meridian.journal(rollout)));
            return ExitCode.DONE;
        });
    }
}
