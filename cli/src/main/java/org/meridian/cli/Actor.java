package org.meridian.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who acts: what the lock shows to others. */
final class Actor {
    private Actor() {}

    /** User, host and process, such as {@code ops@lab-1 (pid 4711)}. */
    static String name() {
        return System.getProperty("user.name", "somebody") + "@" + host() + " (pid "
                + ProcessHandle.current().pid() + ")";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }
}
