package org.meridian.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.operation.Orphans.Orphan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Destroys what was kept warm for long enough, or what no release accounts for. */
@Command(
        name = "retire",
        description = {
            "Destroys the servers of former releases that were kept warm for long enough.",
            "A deploy does it too; this is for the time between deploys."
        },
        footer = {"", "Examples:", "  meridian retire", "  meridian retire --orphans"})
final class RetireCommand implements Callable<Integer> {
    @Option(
            names = "--orphans",
            description = "Destroy the servers that no release accounts for instead; lists them and asks first.")
    private boolean orphans;

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    RetireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run 'meridian retire' again to finish it.", (opened, view) -> {
            Meridian meridian = lock.patient(opened);
            if (orphans) {
                retireOrphans(meridian, view);
            } else {
                tell(view, meridian.retire());
            }
            return ExitCode.DONE;
        });
    }

    private void retireOrphans(Meridian meridian, View view) throws InterruptedException {
        List<Orphan> found = meridian.orphans();
        view.show(new Report.Orphans(found));
        if (!found.isEmpty()) {
            yes.on(session.console())
                    .require("retire --orphans", "\nDestroy " + (found.size() == 1 ? "it?" : "all of them?"));
            tell(view, meridian.retireOrphans());
        }
    }

    private static void tell(View view, List<String> retired) {
        view.show(new Report.Done(
                retired.isEmpty() ? "Nothing to retire." : "Done: " + String.join(", ", retired) + "."));
    }
}
