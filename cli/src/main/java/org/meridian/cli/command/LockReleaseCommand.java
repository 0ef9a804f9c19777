package org.meridian.cli.command;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.spi.StateStore.Holder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes the lock away from whoever has it. */
@Command(
        name = "release",
        description = {
            "Takes the app's lock away from whoever has it, and says who that was. Asks first.",
            "A deploy that still runs changes nothing from then on; the next command finishes or undoes it."
        },
        footer = {"", "Examples:", "  meridian lock release", "  meridian lock release --yes"})
final class LockReleaseCommand implements Callable<Integer> {
    @Mixin
    private YesOption yes = new YesOption();

    private final Session session;

    LockReleaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "'meridian lock status' shows who has the lock.", (meridian, view) -> {
            Optional<Holder> holder = meridian.lock();
            view.show(new Report.Lock(holder, Instant.now()));
            if (holder.isEmpty()) {
                return ExitCode.DONE;
            }
            yes.on(session.console()).require("lock release", question(holder.get()));
            Optional<Holder> former = meridian.releaseLock();
            view.show(new Report.Done(
                    former.map(was -> "Released the lock of " + was.who() + ".").orElse("It was released meanwhile.")));
            return ExitCode.DONE;
        });
    }

    private static String question(Holder holder) {
        return holder.kept()
                ? "Release it?"
                : "That is a command that may still run; it would stop where it is. Take its lock away?";
    }
}
