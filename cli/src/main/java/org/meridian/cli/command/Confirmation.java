package org.meridian.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.plan.Plan;

/** Shows a plan and asks whether to go on, where there is a person to ask. */
final class Confirmation implements Predicate<Plan> {
    private final Console console;
    private final View view;
    private final ConfirmOptions options;
    private final List<Receipt> past;
    private final Duration keepPrevious;
    private final List<RegionName> relayed;
    private final List<SeenAccessory> accessories;

    Confirmation(Console console, View view, ConfirmOptions options, Meridian meridian) throws InterruptedException {
        this.console = console;
        this.view = view;
        this.options = options;
        this.past = meridian.receipts();
        this.keepPrevious = meridian.app().rollout().keepPrevious();
        this.relayed = Report.PlanMade.relayed(meridian.app());
        this.accessories = options.json() ? List.of() : meridian.dataServices();
    }

    /** Whether to go on; a no is thrown, so that no rollout can take it for an end with nothing to do. */
    @Override
    public boolean test(Plan plan) {
        if (options.json()) {
            return true;
        }
        view.show(new Report.PlanMade(
                plan, past, keepPrevious, Optional.empty(), List.of(), accessories, relayed, List.of()));
        if (!plan.unchanged()) {
            new Consent(console, options.yes()).ask("\nGo on?");
        }
        return true;
    }
}
