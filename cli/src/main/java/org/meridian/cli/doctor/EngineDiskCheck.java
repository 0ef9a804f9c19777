package org.meridian.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Whether Docker has room for servers and images. */
final class EngineDiskCheck implements Check {
    private static final String NAME = "docker disk";
    private static final Command ROOT =
            Command.of("docker", "info", "--format", "{{.DockerRootDir}}").within(Duration.ofSeconds(10));
    private static final DiskSpace NEEDED = new DiskSpace(
            NAME, 10 * DiskSpace.GIB, 3 * DiskSpace.GIB, "Make room: 'docker system df' tells what takes it.");

    private final CommandRunner commands;

    EngineDiskCheck(CommandRunner commands) {
        this.commands = commands;
    }

    @Override
    public Finding look() throws InterruptedException {
        CommandResult result = commands.run(ROOT);
        String directory = result.output().strip();
        if (!result.succeeded() || directory.isEmpty()) {
            return Finding.warn(NAME, "not known while the engine does not answer", "Fix docker first.");
        }
        Path root = Path.of(directory);
        return Files.exists(root)
                ? NEEDED.of(root)
                : Finding.ok(NAME, directory + " is inside a virtual machine; 'docker system df' tells how full it is");
    }
}
