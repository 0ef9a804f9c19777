package org.meridian.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.model.Receipt;
import org.meridian.core.plan.Plan;

/** Shows a plan and asks whether to go on, where there is a person to ask. */
final class Confirmation implements Predicate<Plan> {
    private final Console console;
    private final View view;
    private final ConfirmOptions options;
    private final List<Receipt> past;

    Confirmation(Console console, View view, ConfirmOptions options, List<Receipt> past) {
        this.console = console;
        this.view = view;
        this.options = options;
        this.past = past;
    }

    /** Whether to go on; a no is thrown, so that no rollout can take it for an end with nothing to do. */
    @Override
    public boolean test(Plan plan) {
        if (options.json()) {
            return true;
        }
        view.show(new Report.PlanMade(plan, past));
        if (plan.unchanged() || options.yes() || !console.interactive()) {
            return true;
        }
        String answer = console.ask("\nGo on? [y/N]").orElse("").toLowerCase(Locale.ROOT);
        if (answer.equals("y") || answer.equals("yes")) {
            return true;
        }
        throw new CancellationException("not confirmed");
    }
}
