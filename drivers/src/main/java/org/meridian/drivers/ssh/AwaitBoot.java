package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to a server as soon as it lets one in, and waits until it can run containers. */
final class AwaitBoot {
    private static final Logger LOG = LoggerFactory.getLogger(AwaitBoot.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** OpenSSH 9.8 and later shut out an address that fails to log in too often (sshd_config, PerSourcePenalties). */
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofSeconds(3);

    private final ServerShell shell;
    private final Time time;

    AwaitBoot(ServerShell shell, Time time) {
        this.shell = requireNonNull(shell, "shell is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** As {@link HostDriver#awaitBoot} says. */
    void run(Server server, Duration within) throws InterruptedException {
        long deadline = time.nanos() + within.toNanos();
        connect(server, deadline);
        if (server.machine().listed().isPresent()) {
            makeReady(server, left(deadline), within);
        } else {
            awaitFirstBoot(server, left(deadline), within);
        }
    }

    /** As {@link HostDriver#boot} says. */
    String which(Server server) throws InterruptedException {
        return shell.run(server, HostCommands.boot())
                .expect(ServerShell.on(server, "asking when it booted"), ServerShell.LOOK)
                .strip();
    }

    /** As {@link HostDriver#reboot} says; where the connection ends before the answer, it has begun. */
    void again(Server server) throws InterruptedException {
        try {
            shell.run(server, HostCommands.reboot())
                    .expect(ServerShell.on(server, "rebooting"), "Reboot it by hand, or at its provider.");
        } catch (Failure e) {
            if (!SshFailures.cutOff(e)) {
                throw e;
            }
        }
        shell.connections().close(server);
    }

    /** Connects as soon as the server lets it; a wrong host key, say, is not tried again. */
    private void connect(Server server, long deadline) throws InterruptedException {
        while (true) {
            try {
                shell.connections().to(server).connect(left(deadline));
                return;
            } catch (Failure e) {
                String code = e.diagnostic().code();
                boolean mayPass = code.equals(HostDriver.UNREACHABLE)
                        || code.equals(SshFailures.REFUSED_LOGIN)
                        || (code.equals(SshFailures.HOST_KEY)
                                && shell.connections().handOverHostKey(server));
                if (!mayPass || time.nanos() >= deadline) {
                    throw e;
                }
                time.sleep(code.equals(SshFailures.REFUSED_LOGIN) ? AFTER_REFUSED_LOGIN : BETWEEN_TRIES);
            }
        }
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(Duration.ofSeconds(1).toNanos(), deadline - time.nanos()));
    }

    /** A machine that somebody else set up gets what is missing; it may have been in use for years. */
    private void makeReady(Server server, Duration left, Duration within) throws InterruptedException {
        CommandResult ready = madeReady(server, left, within);
        if (!ready.succeeded()) {
            throw Failure.of(Diagnostic.of(
                            "host-not-ready",
                            server.name() + ": the machine can't run containers yet",
                            "Do there what is said below, then deploy again.")
                    .withDetail(ServerShell.lastLines(ready.errors())));
        }
        if (!ready.output().isBlank()) {
            LOG.info("{}: {}", server.name(), ready.output().strip());
        }
    }

    /** An installation that outlasts the wait goes on there: whoever asked may ask again. */
    private CommandResult madeReady(Server server, Duration left, Duration within) throws InterruptedException {
        try {
            return shell.write(server, HostCommands.makeReady(left));
        } catch (Failure e) {
            throw SshFailures.cutOff(e) ? SshFailures.notYetReady(server, within, e) : e;
        }
    }

    private void awaitFirstBoot(Server server, Duration left, Duration within) throws InterruptedException {
        CommandResult boot = booted(server, left, within);
        List<String> errors = BootAccount.errors(boot.output());
        if (!boot.succeeded() || !errors.isEmpty()) {
            throw notBooted(server, boot, errors);
        }
    }

    /** A boot that outlasts the wait, or that restarts the SSH server, is not over: whoever asked may ask again. */
    private CommandResult booted(Server server, Duration left, Duration within) throws InterruptedException {
        try {
            return shell.run(server, HostCommands.awaitBoot(left));
        } catch (Failure e) {
            throw SshFailures.cutOff(e) ? SshFailures.notYetBooted(server, within, e) : e;
        }
    }

    private Failure notBooted(Server server, CommandResult boot, List<String> errors) throws InterruptedException {
        String log = shell.run(server, HostCommands.bootLog()).output();
        return Failure.of(Diagnostic.of(
                        "not-booted",
                        server.name() + " did not finish its first boot well",
                        "Fix what cloud-init's log says; the next deploy makes the server again.")
                .withDetail((boot.errors() + "\n" + String.join("\n", errors) + "\n" + log).strip()));
    }
}
