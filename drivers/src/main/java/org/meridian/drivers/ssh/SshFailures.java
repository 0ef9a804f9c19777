package org.meridian.drivers.ssh;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;

/** Says what went wrong with a connection, so that a person knows where to look. */
final class SshFailures {
    /** The code of a failure that trying again can't mend. */
    static final String OTHER_HOST_KEY = "ssh-host-key";

    /** The code of a failure to log in. */
    static final String REFUSED_LOGIN = "ssh-login";

    private static final String TOO_LONG = "ssh-timeout";
    private static final String LOST = "ssh-lost";

    private SshFailures() {}

    static Failure notKnown(Server server, String what) {
        return Failure.of(Diagnostic.of(
                "ssh-unknown",
                server.name() + " has no " + what + " yet",
                "Run the command again once the server runs; 'meridian servers' shows it."));
    }

    static Failure otherHostKey(Server server, String address, String pinned, String presented) {
        return Failure.of(Diagnostic.of(
                        OTHER_HOST_KEY,
                        server.name() + " at " + address + " does not have the SSH host key that its provider told:"
                                + " somebody may be intercepting the connection",
                        "Find out which machine answers at " + address
                                + ". Nothing was sent to it; destroy the server if you can't explain it.")
                .withDetail("expected " + pinned + "\ngot      " + presented));
    }

    static Failure notConnected(Server server, String address, String user, Duration within, Exception cause) {
        String where = server.name() + " at " + address;
        if (rejected(cause)) {
            return Failure.of(
                    Diagnostic.of(
                            REFUSED_LOGIN,
                            where + " refuses to let " + user + " log in with Meridian's key",
                            "See that .meridian/ssh/id_ed25519 is the key that the server was made with."),
                    cause);
        }
        return Failure.of(
                Diagnostic.of(
                        HostDriver.UNREACHABLE,
                        "no SSH connection to " + where + ": " + reason(cause, within),
                        "See whether the server runs and port 22 can be reached from here."),
                cause);
    }

    static Failure lost(Server server, Command command, Throwable cause) {
        return Failure.of(
                Diagnostic.of(
                        LOST,
                        "the SSH connection to " + server.name() + " was lost while '" + program(command) + "' ran",
                        "Run the command again; see whether the server still runs."),
                cause);
    }

    static Failure tooLong(Server server, Command command) {
        return Failure.of(Diagnostic.of(
                TOO_LONG,
                "'" + program(command) + "' did not end within "
                        + command.timeout().toSeconds() + " s on " + server.name(),
                "See whether the server is overloaded, then run the command again."));
    }

    /** Whether a command was cut off, by its time limit or with its connection. */
    static boolean cutOff(Failure failure) {
        String code = failure.diagnostic().code();
        return code.equals(TOO_LONG) || code.equals(LOST);
    }

    static Failure notYetBooted(Server server, Duration within, Failure cause) {
        return Failure.of(
                Diagnostic.of(
                                HostDriver.UNREACHABLE,
                                server.name() + " has not finished its first boot within " + within.toSeconds() + " s",
                                "Look at it with 'meridian servers'; cloud-init's log there says what it is doing.")
                        .withDetail(cause.diagnostic().summary()),
                cause);
    }

    private static String program(Command command) {
        return String.join(
                " ", command.argv().subList(0, Math.min(2, command.argv().size())));
    }

    private static boolean rejected(Throwable cause) {
        return cause instanceof SshException ssh
                && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    }

    private static String reason(Throwable cause, Duration within) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            String message = String.valueOf(one.getMessage()).toLowerCase(Locale.ROOT);
            if (one instanceof TimeoutException || message.contains("timed out")) {
                return "no answer within " + within.toSeconds() + " s";
            }
            if (one instanceof NoRouteToHostException || message.contains("no route to host")) {
                return "there is no route to it";
            }
            if (message.contains("connection refused")) {
                return "the connection is refused";
            }
            if (one instanceof UnresolvedAddressException) {
                return "the address can't be resolved";
            }
        }
        return last(cause);
    }

    private static String last(Throwable cause) {
        boolean network = cause instanceof ConnectException || cause instanceof SocketException;
        return (network ? "" : "it is closed during the handshake, ")
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
