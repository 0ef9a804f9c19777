package org.meridian.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.meridian.cli.ConfigFiles;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.CountsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives regions more servers or fewer. */
@Command(
        name = "scale",
        description = {
            "Gives every region its number of servers, all at the same time, of the release that serves.",
            "With REGION=N that number is written into the configuration first; nothing else in it changes."
        },
        footer = {
            "",
            "Examples:",
            "  meridian scale",
            "  meridian scale eu-west=3",
            "  meridian scale eu-west=3 us-west=2 --yes"
        })
final class ScaleCommand implements Callable<Integer> {
    private static final String AFTERWARDS =
            "Run 'meridian scale' again to finish it, or 'meridian rollback' to undo it.";

    @Parameters(
            arity = "0..*",
            paramLabel = "REGION=N",
            description = "How many servers a region shall have. Default: what the configuration says.")
    private Map<RegionName, Integer> wanted = new LinkedHashMap<>();

    @Mixin
    private ConfirmOptions options = new ConfirmOptions();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    ScaleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(options.json(), AFTERWARDS, (opened, view) -> {
            Meridian meridian = lock.patient(opened);
            ConfigFiles.Counts counts = counts(meridian);
            try (var file = new ToldCounts(counts.file(), session.options().config(), wanted, view)) {
                var confirmation = new Confirmation(session.console(), view, options, meridian);
                Receipt receipt = meridian.scale(counts.app(), file, confirmation);
                file.ended(receipt.outcome());
                return ExitCode.ofDeploy(receipt.outcome());
            }
        });
    }

    private ConfigFiles.Counts counts(Meridian meridian) {
        return wanted.isEmpty()
                ? new ConfigFiles.Counts(meridian.app(), CountsFile.NONE)
                : session.tools().config().counts(session.options().config(), wanted);
    }
}
