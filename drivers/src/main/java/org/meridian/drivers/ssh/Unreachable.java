package org.meridian.drivers.ssh;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.meridian.core.diagnostic.Durations;

/** Why a connection did not come about, told apart because each has another remedy. */
enum Unreachable {
    /** Nobody knows the name. */
    NAME("its name can't be resolved"),
    /** No network leads there. */
    ROUTE("there is no route to it"),
    /** The machine is there and nothing listens. */
    REFUSED("the connection is refused"),
    /** Nothing comes back. */
    SILENT("no answer"),
    /** The machine between does not let anybody through. */
    FORBIDDEN("the machine between forbids it"),
    /** The machine between has tried in vain and does not say why. */
    BEHIND("the machine between does not get there"),
    /** Anything else. */
    OTHER("it is closed during the handshake");

    private final String words;

    Unreachable(String words) {
        this.words = words;
    }

    /** The reason that an exception, or what caused it, tells of. */
    static Unreachable why(Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            Unreachable reason = of(one);
            if (reason != OTHER) {
                return reason;
            }
        }
        return OTHER;
    }

    /** Most of it stands only in texts: Java's own, and those that a bastion's sshd sends (its channels.c). */
    private static Unreachable of(Throwable one) {
        String message = String.valueOf(one.getMessage()).toLowerCase(Locale.ROOT);
        if (one instanceof UnknownHostException
                || one instanceof UnresolvedAddressException
                || message.contains("name or service not known")
                || message.contains("unknown host")
                || message.contains("unresolved")
                || message.contains("name resolution")) {
            return NAME;
        }
        if (one instanceof TimeoutException || message.contains("timed out") || message.contains("timeout")) {
            return SILENT;
        }
        if (one instanceof NoRouteToHostException
                || message.contains("no route to host")
                || message.contains("unreachable")) {
            return ROUTE;
        }
        if (message.contains("connection refused")) {
            return REFUSED;
        }
        if (one instanceof SshChannelOpenException refusal) {
            return refusal.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED ? FORBIDDEN : BEHIND;
        }
        return OTHER;
    }

    /** For the message. */
    String words(Duration within, Throwable cause) {
        return switch (this) {
            case SILENT -> words + " within " + Durations.spoken(within);
            case OTHER -> last(cause);
            default -> words;
        };
    }

    /** What a person does about it. */
    String advice(Endpoint machine) {
        return switch (this) {
            case NAME -> "See whether '" + machine.host() + "' is spelled right, or write the IP address.";
            case ROUTE -> "See whether this machine's network or VPN leads there.";
            case REFUSED -> "See whether sshd runs there and listens on port " + machine.port() + ".";
            case SILENT -> "See whether the machine runs and a firewall lets port " + machine.port() + " through.";
            case FORBIDDEN ->
                "Set 'AllowTcpForwarding yes' in the sshd_config of "
                        + machine.via().map(Endpoint::name).orElse("it") + ".";
            case BEHIND ->
                "See whether "
                        + machine.via().map(Endpoint::name).orElse("it") + " can connect to port " + machine.port()
                        + " of " + machine.host() + ".";
            case OTHER -> "See what its sshd logs; too many connections at once (MaxStartups) look like this too.";
        };
    }

    private static String last(Throwable cause) {
        boolean network = cause instanceof ConnectException || cause instanceof SocketException;
        return (network ? "" : OTHER.words + ", ")
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
}
