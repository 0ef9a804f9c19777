package org.meridian.drivers.ssh;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meridian.drivers.command.Command;

/**
 * Turns a command into the one line that SSH carries; the only place where anything is written for a shell to read.
 *
 * <p>RFC 4254, section 6.5, has only a string, and sshd gives it to the user's shell. Inside single quotes a POSIX shell
 * leaves every character alone but the single quote itself (Shell Command Language, 2.2.2).
 */
final class RemoteShell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    /** A program that ignores SIGTERM is killed so many seconds later. */
    static final int MERCY_SECONDS = 5;

    private RemoteShell() {}

    /** The command as root, by sudo for whoever is not, ended on the server itself when its time is over. */
    static String line(Command command, boolean root) {
        long seconds = Math.max(1, command.timeout().toSeconds());
        List<String> limit = List.of("timeout", "--kill-after=" + MERCY_SECONDS, Long.toString(seconds));
        return (root ? "" : "sudo -n ") + quoted(limit) + " " + quoted(command.argv());
    }

    /** The command as root, without a time limit: for what ends with its channel. */
    static String lasting(Command command, boolean root) {
        return (root ? "" : "sudo -n ") + quoted(command.argv());
    }

    private static String quoted(List<String> argv) {
        return argv.stream().map(RemoteShell::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String argument) {
        if (PLAIN.matcher(argument).matches()) {
            return argument;
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
