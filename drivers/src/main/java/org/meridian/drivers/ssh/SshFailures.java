package org.meridian.drivers.ssh;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.HostDriver;
import org.meridian.drivers.command.Command;

/** Says what went wrong with a connection, so that a person knows where to look. */
final class SshFailures {
    /** The code of a failure that trying again can't fix. */
    static final String HOST_KEY = HostDriver.HOST_KEY;

    /** The code of a failure to log in. */
    static final String REFUSED_LOGIN = HostDriver.REFUSED_LOGIN;

    private static final String TOO_LONG = "ssh-timeout";
    private static final String LOST = "ssh-lost";

    private SshFailures() {}

    static Failure notKnown(Server server, String what) {
        return Failure.of(Diagnostic.of(
                "ssh-unknown",
                server.name() + " has no " + what + " yet",
                "Run the command again once the server runs; 'meridian servers' shows it."));
    }

    /** sshd_config, AllowTcpForwarding and PermitListen. */
    static Failure noTunnel(Endpoint machine, Exception cause) {
        return Failure.of(
                Diagnostic.of(
                                "ssh-forwarding",
                                "images can't be pushed to " + machine.where()
                                        + ": its SSH server opens no port on 127.0.0.1 for a tunnel",
                                "Allow it in its sshd_config: 'AllowTcpForwarding yes' (or 'remote'), and no PermitListen"
                                        + " that forbids it; or push the image to a registry and set 'push: registry'.")
                        .withDetail(String.valueOf(cause.getMessage())),
                cause);
    }

    static Failure otherHostKey(Endpoint machine, String pinned, String presented) {
        return Failure.of(Diagnostic.of(
                        HOST_KEY,
                        machine.where() + " does not have the SSH host key that its provider told:"
                                + " somebody may be intercepting the connection",
                        "Find out which machine answers at " + machine.host()
                                + ". Nothing was sent to it; destroy the server if you can't explain it.")
                .withDetail("expected " + pinned + "\ngot      " + presented));
    }

    /** Never trusted by itself: who answers at a first connection may be anybody. */
    static Failure unknownHostKey(Endpoint machine, PublicKey presented, String fingerprint, String name, Path file) {
        return Failure.of(Diagnostic.of(
                        HOST_KEY,
                        machine.where() + " is not in the known hosts; its SSH host key is " + fingerprint,
                        "Compare the fingerprint with what the machine itself says, then run the command below, and again"
                                + " what you ran.")
                .withDetail("on the machine: for key in /etc/ssh/ssh_host_*.pub; do ssh-keygen -lf $key; done\n"
                        + "here:           echo '" + name + " " + PublicKeyEntry.toString(presented) + "' >> " + file));
    }

    static Failure changedHostKey(
            Endpoint machine, String fingerprint, KnownHosts.Judgement known, String name, Path file) {
        return Failure.of(Diagnostic.of(
                        HOST_KEY,
                        machine.where() + " has another SSH host key than the one that is known:"
                                + " somebody may be intercepting the connection",
                        "Find out why. If the machine was made again, remove the former key with 'ssh-keygen -R \""
                                + name
                                + "\" -f "
                                + known.line().map(KnownHosts.Line::file).orElse(file)
                                + "' and run this again; nothing was sent to it.")
                .withDetail("expected " + known.fingerprint() + " (" + known.place() + ")\ngot      " + fingerprint));
    }

    static Failure revokedHostKey(Endpoint machine, String fingerprint, String place) {
        return Failure.of(Diagnostic.of(
                HOST_KEY,
                machine.where() + " has the SSH host key " + fingerprint + ", which " + place + " declares revoked",
                "Give the machine a new host key. Nothing was sent to it."));
    }

    static Failure notConnected(Endpoint machine, Duration within, Throwable cause) {
        if (rejected(cause)) {
            return Failure.of(
                    Diagnostic.of(
                            REFUSED_LOGIN,
                            machine.where() + " refuses to let " + machine.user() + " log in with "
                                    + machine.login().described(),
                            machine.login().advice()),
                    cause);
        }
        Unreachable why = Unreachable.why(cause);
        return unreachable(machine, why.words(within, cause), why.advice(machine), cause);
    }

    static Failure slowName(Endpoint machine, Duration within) {
        return unreachable(
                machine,
                "its name is not resolved within " + Durations.spoken(within),
                "See whether the name server of this machine answers.",
                new TimeoutException());
    }

    private static Failure unreachable(Endpoint machine, String why, String advice, Throwable cause) {
        return Failure.noAnswer(
                Diagnostic.of(HostDriver.UNREACHABLE, "no SSH connection to " + machine.where() + ": " + why, advice),
                cause);
    }

    static Failure lost(Endpoint machine, Command command, Throwable cause) {
        return Failure.noAnswer(
                Diagnostic.of(
                        LOST,
                        "the SSH connection to " + machine.name() + " was lost while '" + program(command) + "' ran",
                        "Run the command again; see whether the server still runs."),
                cause);
    }

    /** Lost under something that lasts. */
    static Failure lost(Endpoint machine, Throwable cause) {
        return Failure.noAnswer(
                Diagnostic.of(
                                LOST,
                                "the SSH connection to " + machine.name() + " was lost",
                                "Run the command again; see whether the server still runs.")
                        .withDetail(String.valueOf(cause.getMessage())),
                cause);
    }

    static Failure tooLong(Endpoint machine, Command command) {
        return Failure.noAnswer(Diagnostic.of(
                TOO_LONG,
                "'" + program(command) + "' did not end within " + Durations.spoken(command.timeout()) + " on "
                        + machine.name(),
                "See whether the server is overloaded, then run the command again."));
    }

    /** Whether a command was cut off, by its time limit or with its connection. */
    static boolean cutOff(Failure failure) {
        return tookTooLong(failure) || failure.diagnostic().code().equals(LOST);
    }

    /** Whether a command was cut off by its time limit. */
    static boolean tookTooLong(Failure failure) {
        return failure.diagnostic().code().equals(TOO_LONG);
    }

    static Failure notYetBooted(Server server, Duration within, Failure cause) {
        return Failure.noAnswer(
                Diagnostic.of(
                                HostDriver.UNREACHABLE,
                                server.name() + " has not finished its first boot within " + Durations.spoken(within),
                                "Look at it with 'meridian servers'; cloud-init's log there says what it is doing.")
                        .withDetail(cause.diagnostic().summary()),
                cause);
    }

    static Failure notYetReady(Server server, Duration within, Failure cause) {
        return Failure.of(
                Diagnostic.of(
                                HostDriver.UNREACHABLE,
                                server.name() + " still installs Docker from the distribution's packages after "
                                        + Durations.spoken(within),
                                "It goes on there; see /run/meridian/.ready on the machine, then run the command again.")
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
}
