package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.AccessoryWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a service that keeps data, and its data. */
@Command(
        name = "remove",
        description = {
            "Removes a service that keeps data, and its volumes. Its data is lost for good; backups and directories of the",
            "machine stay. Asks for the name of the service, which --remove-data gives without a terminal."
        },
        footer = {
            "",
            "Examples:",
            "  meridian accessories remove db",
            "  meridian accessories remove db --remove-data db"
        })
final class AccessoriesRemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The service.", index = "0")
    private String service = "";

    @Option(
            names = "--remove-data",
            paramLabel = "NAME",
            description = "The service's name once more: its data is to be removed, and nobody is asked.")
    private Optional<String> removeData = Optional.empty();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AccessoriesRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run it again: it may be half done.", (opened, view) -> {
            AccessoryWork accessories = lock.patient(opened).accessories();
            view.show(new Report.Accessories(accessories.list().stream()
                    .filter(seen -> seen.accessory().name().equals(service))
                    .toList()));
            if (!named()) {
                view.remark("Nothing was removed.");
                return ExitCode.INTERRUPTED;
            }
            view.show(new Report.Done(String.join("\n", accessories.remove(service))));
            return ExitCode.DONE;
        });
    }

    private boolean named() {
        if (removeData.isPresent()) {
            return removeData.filter(service::equals).isPresent();
        }
        if (!session.console().interactive()) {
            throw Failure.usage(Diagnostic.of(
                    "not-confirmed",
                    "remove asks before it removes data, and there is no terminal to ask on",
                    "Run it on a terminal, or add --remove-data " + service + "."));
        }
        return session.console()
                .ask("\nThis removes " + service + " and its data. Type its name to go on:")
                .filter(service::equals)
                .isPresent();
    }
}
