package org.meridian.cli.command;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Destroys everything that was made for the app. */
@Command(
        name = "destroy",
        description = {
            "Destroys everything that Meridian made for the app: servers, networks, the edge, its history.",
            "Services that keep data stay, with their data, unless they are named. Asks for the app's name first."
        },
        footer = {
            "",
            "Examples:",
            "  meridian destroy",
            "  meridian destroy --yes",
            "  meridian destroy --remove-data db"
        })
final class DestroyCommand implements Callable<Integer> {
    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    private boolean yes;

    @Option(
            names = "--remove-data",
            paramLabel = "NAME",
            description = "Remove this service that keeps data too, with its data; once for each.")
    private List<String> removeData = List.of();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    DestroyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run 'meridian destroy' again to finish it.", (meridian, view) -> {
            refuseWhereNobodyCanBeAsked();
            if (!yes && !confirmed(meridian, view)) {
                view.remark("Nothing was destroyed.");
                return ExitCode.INTERRUPTED;
            }
            List<String> lines = lock.patient(meridian).destroy(new TreeSet<>(removeData));
            lines.forEach(view::remark);
            view.show(new Report.Done("Destroyed everything of "
                    + meridian.app().name() + ". Its audit log and this machine's keys stay in .meridian."));
            return ExitCode.DONE;
        });
    }

    private void refuseWhereNobodyCanBeAsked() {
        if (!yes && !session.console().interactive()) {
            throw Failure.usage(Diagnostic.of(
                    "not-confirmed",
                    "destroy asks before it destroys, and there is no terminal to ask on",
                    "Run it on a terminal, or add --yes."));
        }
    }

    private boolean confirmed(Meridian meridian, View view) throws InterruptedException {
        String name = meridian.app().name().value();
        view.show(new Report.Servers(meridian.servers()));
        return session.console()
                .ask("\nThis destroys all of " + name + ". Type its name to go on:")
                .filter(name::equals)
                .isPresent();
    }
}
