package org.meridian.cli.doctor;

import java.time.Duration;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Whether Docker's engine answers, and which version it is. */
final class EngineCheck implements Check {
    private static final String NAME = "docker";
    private static final int OLDEST = 20;
    private static final Command VERSION =
            Command.of("docker", "version", "--format", "{{.Server.Version}}").within(Duration.ofSeconds(10));

    private final CommandRunner commands;

    EngineCheck(CommandRunner commands) {
        this.commands = commands;
    }

    @Override
    public Finding look() throws InterruptedException {
        CommandResult result = commands.run(VERSION);
        if (!result.succeeded()) {
            String reason = result.errors().lines().findFirst().orElse("docker exits with " + result.exitCode());
            return Finding.fail(
                    NAME,
                    "the engine does not answer: " + reason,
                    "Start it ('sudo systemctl start docker'), and see"
                            + " that you may use it ('sudo usermod -aG docker $USER', then log in again).");
        }
        String version = result.output().strip();
        return major(version) >= OLDEST
                ? Finding.ok(NAME, "engine " + version)
                : Finding.warn(
                        NAME, "engine " + version + " is older than what was tried", "Use " + OLDEST + " or newer.");
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version.split("\\.", -1)[0]);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
