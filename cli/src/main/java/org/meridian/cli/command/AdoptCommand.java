package org.meridian.cli.command;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Report;
import org.meridian.core.model.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes over the servers that were made from a state that is lost. */
@Command(
        name = "adopt",
        description = {
            "Takes over the app's servers that were made from another state, because that state is lost. Asks first.",
            "Where somebody still works with that state, share it instead: two who each hold the servers for their own"
                    + " destroy what the other needs."
        },
        footer = {"", "Example:", "  meridian adopt 0b1f6e0e-6f0e-4c5e-9d53-0f8e5a1c2b3d"})
final class AdoptCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STATE", description = "The other state's identity, as 'meridian status' says it.")
    private UUID store = new UUID(0, 0);

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    AdoptCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run 'meridian status' to see whose the servers are.", (opened, view) -> {
            Meridian meridian = lock.patient(opened);
            List<Server> servers = meridian.madeFrom(store);
            String maker = servers.getFirst().store().orElseThrow().maker();
            yes.on(session.console())
                    .require("adopt", "Take over " + servers.size() + " servers that " + maker + " made?");
            meridian.adopt(store);
            view.show(new Report.Done("Took over " + servers.size() + " servers; they are this state's own now."));
            return ExitCode.DONE;
        });
    }
}
