package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.model.Answer.Verdict;
import org.meridian.core.model.RolloutRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes everything back. */
@Command(
        name = "abort",
        description = {
            "Aborts the rollout that is under way, here or on another machine: every region goes back.",
            "Its deployer does that as soon as it hears of it, and ends with exit code 1."
        },
        footer = {"", "Examples:", "  meridian abort", "  meridian abort --yes"})
final class AbortCommand implements Callable<Integer> {
    @Mixin
    private YesOption yes = new YesOption();

    private final Session session;

    AbortCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "'meridian status' shows what runs.", (meridian, view) -> {
            RolloutRecord rollout = meridian.underWay();
            yes.on(session.console())
                    .ask("Abort the "
                            + (rollout.kind() == RolloutRecord.Kind.SCALE ? "scaling of " : "rollout to ")
                            + rollout.to() + "? " + back(rollout));
            meridian.answer(rollout.number(), Verdict.ABORT);
            view.show(new Report.Done("Aborted " + rollout.to() + ". " + back(rollout)));
            view.remark("The deployer does it; 'meridian status' shows how far it is.");
            return ExitCode.DONE;
        });
    }

    private static String back(RolloutRecord rollout) {
        if (rollout.kind() == RolloutRecord.Kind.SCALE) {
            return "Every region keeps the servers that it had.";
        }
        return rollout.from()
                .map(from -> "Every region goes back to " + from + ".")
                .orElse("It is removed everywhere; nothing served before.");
    }
}
