package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.meridian.drivers.command.Command;

/**
 * What is run on a machine about the keys that may log in, as data.
 *
 * @param user who logs in with them
 */
record KeyCommands(String user) {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    KeyCommands {
        requireNonNull(user, "user is null");
    }

    /** Prints the lines of keys. */
    Command list() {
        return script("list");
    }

    /** Lets a key in beside the former one. */
    Command add(String key, String former) {
        return script("add").with(key, former);
    }

    /** Lets a key in no more; fails where the one that stays is not let in. */
    Command remove(String key, String stays) {
        return script("remove").with(key, stays);
    }

    /** The shell finds homes, which only the machine knows; a user's name has nothing in it that means anything to it. */
    private Command script(String action) {
        return Command.of(
                        "sh",
                        "-c",
                        "set -eu; user=$1; action=$2; shift 2\n"
                                + "home=$(getent passwd \"$user\" | cut -d: -f6); [ -n \"$home\" ]\n"
                                + "set -- /root \"$action\" \"$home\" \"$@\"\n" + Scripts.read("keys"),
                        "keys",
                        user,
                        action)
                .within(WITHIN);
    }
}
