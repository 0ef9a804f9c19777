package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the lock for longer than a command. */
@Command(
        name = "acquire",
        description = {
            "Takes the app's lock and keeps it, until 'meridian lock release'.",
            "Nobody can deploy, roll back, retire or destroy meanwhile, you neither."
        },
        footer = {
            "",
            "Examples:",
            "  meridian lock acquire --message \"database maintenance until noon\"",
            "  meridian lock acquire -m \"release freeze\" --wait-for-lock 10m"
        })
final class LockAcquireCommand implements Callable<Integer> {
    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "TEXT",
            description = "Why; everybody who is kept out reads it.")
    private String message = "";

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    LockAcquireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "'meridian lock status' shows who has the lock.", (meridian, view) -> {
            lock.patient(meridian).acquireLock(message);
            view.show(new Report.Done("The lock is yours until 'meridian lock release'."));
            return ExitCode.DONE;
        });
    }
}
