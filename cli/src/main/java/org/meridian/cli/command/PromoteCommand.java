package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.model.Answer.Verdict;
import org.meridian.core.model.RolloutRecord;
import picocli.CommandLine.Command;

/** Lets the primary move. */
@Command(
        name = "promote",
        description = {
            "Approves the rollout that is under way, here or on another machine: the primary may move.",
            "It moves once every other region serves the release; said earlier, nothing waits for it."
        },
        footer = {"", "Examples:", "  meridian promote", "  meridian status && meridian promote"})
final class PromoteCommand implements Callable<Integer> {
    private final Session session;

    PromoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "'meridian status' shows what runs.", (meridian, view) -> {
            RolloutRecord rollout = meridian.underWay();
            meridian.answer(rollout.number(), Verdict.PROMOTE);
            view.show(new Report.Done("Approved " + rollout.to() + ": the primary "
                    + meridian.app().primary() + " moves once every other region serves it."));
            if (meridian.app().rollout().approveWithin().isEmpty()) {
                view.remark(
                        "The configuration here asks for no approval (rollout.approve), so it may not wait for one.");
            }
            return ExitCode.DONE;
        });
    }
}
