package org.meridian.drivers.hooks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

/**
 * Gives a command a session and so a process group of its own (setsid(1) of util-linux), so that what it started can be
 * ended even after the processes in between are gone. Where there is no setsid, only its descendants are found.
 */
final class ProcessGroups {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration KILL = Duration.ofSeconds(5);

    private final LocalProcesses processes;
    private final boolean own = Files.isExecutable(SETSID);

    ProcessGroups(LocalProcesses processes) {
        this.processes = processes;
    }

    /** The argv that runs the command as the leader of a new group. */
    List<String> leading(List<String> command) {
        List<String> argv = new ArrayList<>(own ? List.of(SETSID.toString(), "--") : List.of());
        argv.addAll(command);
        return argv;
    }

    /** Kills the command, its descendants and its group. */
    void kill(Process leader) {
        List<ProcessHandle> descendants = leader.descendants().toList();
        if (own) {
            killGroup(leader.pid());
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        leader.destroyForcibly();
    }

    private void killGroup(long group) {
        boolean interrupted = Thread.interrupted();
        try {
            // The JDK can't signal a group; kill(1) is in every shell, and the group's number is an argument.
            processes.run(Command.of("/bin/sh", "-c", "kill -s KILL -- \"-$1\"", "sh", Long.toString(group))
                    .within(KILL));
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (Failure e) {
            // What can be found without the group is killed all the same.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
