package org.meridian.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.plan.Plan;

/** Shows a plan and asks whether to go on, where there is a person to ask. */
final class Confirmation implements Predicate<Plan> {
    private final Console console;
    private final View view;
    private final ConfirmOptions options;
    private final List<Receipt> past;
    private boolean declined;

    Confirmation(Console console, View view, ConfirmOptions options, List<Receipt> past) {
        this.console = console;
        this.view = view;
        this.options = options;
        this.past = past;
    }

    @Override
    public boolean test(Plan plan) {
        if (options.json()) {
            return true;
        }
        view.show(new Report.PlanMade(plan, past));
        if (plan.unchanged() || options.yes() || !console.interactive()) {
            return true;
        }
        Optional<String> answer = console.ask("\nGo on? [y/N]");
        declined = answer.filter(text -> text.equalsIgnoreCase("y") || text.equalsIgnoreCase("yes"))
                .isEmpty();
        return !declined;
    }

    /** Runs a rollout that asks this; its exit code, or the one for a person who said no, however the rollout took it. */
    int guard(Callable<Integer> rollout) throws Exception {
        int code;
        try {
            code = rollout.call();
        } catch (Failure e) {
            if (!declined) {
                throw e;
            }
            code = ExitCode.INTERRUPTED;
        }
        if (declined) {
            view.remark("Nothing was changed.");
            return ExitCode.INTERRUPTED;
        }
        return code;
    }
}
