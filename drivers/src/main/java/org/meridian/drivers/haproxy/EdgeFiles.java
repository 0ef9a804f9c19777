package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.EdgeMachine;

/**
 * What HAProxy starts with: a part of each app on the machine, and the frame that they stand in. It is changed under a lock of the
 * machine, each file whole or not at all, through a shell there that is kept open.
 */
final class EdgeFiles implements AutoCloseable {
    static final String DIRECTORY = "/etc/haproxy/";

    /** What HAProxy starts with. */
    static final String CONFIGURATION = DIRECTORY + "haproxy.cfg";

    /** The configuration while it is checked. */
    static final String CANDIDATE = DIRECTORY + "haproxy.candidate";

    /** What a reload carries over; empty otherwise, so that a restart never meets an old one. */
    static final String STATE = DIRECTORY + "servers.state";

    private static final String PARTS = DIRECTORY + "meridian/";
    private static final Duration WRITING = Duration.ofSeconds(10);

    /** Longer than the shell there waits. */
    private static final Duration LOCKING = Duration.ofSeconds(160);

    private static final String LOCK_LOST = "edge-lock";

    /** What the shell there says when it is asked to change something and does not have the lock. */
    private static final String LOST = "the lock was lost";

    private final Dialogue dialogue;

    EdgeFiles(AppName app, EdgeMachine machine) {
        requireNonNull(machine, "machine is null");
        Command shell = Command.of("bash", "-c", Template.of("files").text(), "files", app.value());
        this.dialogue = new Dialogue("the edge's machine", () -> machine.open(shell), "", "\n.\n");
    }

    /** Whether something failed because the lock was lost before it. */
    static boolean lockLost(Failure failure) {
        return failure.diagnostic().code().equals(LOCK_LOST);
    }

    /** An app's part of the configuration. */
    static String part(AppName app) {
        return PARTS + app + ".part";
    }

    /** The standings of an app's servers. */
    static String standings(AppName app) {
        return PARTS + app + ".standings";
    }

    /** Country to order of an app's pools. */
    static String countries(AppName app) {
        return PARTS + app + ".countries";
    }

    /** Waits for the lock of the machine; throws a Failure when somebody has it for too long. */
    void lock() throws InterruptedException {
        order(LOCKING, "lock");
    }

    void unlock() throws InterruptedException {
        order(WRITING, "unlock");
    }

    /** What the other apps on the machine have claimed. */
    List<Claim> others() throws InterruptedException {
        return Claim.parse(dialogue.ask("others", WRITING));
    }

    /** Whether somebody else than HAProxy listens at a port there. */
    boolean taken(int port) throws InterruptedException {
        return !dialogue.ask("taken " + port, WRITING).isEmpty();
    }

    /** Writes a part that differs from the running one in its servers alone. */
    void change(String part, String standings) throws InterruptedException {
        order(WRITING, "change", part, standings);
    }

    /** Writes a configuration that is to be checked. */
    void propose(Proposal proposal) throws InterruptedException {
        order(
                WRITING,
                "propose",
                proposal.part(),
                proposal.frame(),
                proposal.standings(),
                proposal.countries(),
                proposal.state());
    }

    /**
     * A configuration to be checked.
     *
     * @param part      the app's; empty to have none any more
     * @param state     of all apps' servers, which a reload carries over
     */
    record Proposal(String part, String frame, String standings, String countries, String state) {}

    /** Makes what was proposed what HAProxy starts with. */
    void accept() throws InterruptedException {
        order(WRITING, "accept");
    }

    /** Puts back what was there before something was accepted. */
    void restore() throws InterruptedException {
        order(WRITING, "restore");
    }

    /** Removes what is of no use once HAProxy runs what was accepted. */
    void settle() throws InterruptedException {
        order(WRITING, "settle");
    }

    private void order(Duration within, String verb, String... texts) throws InterruptedException {
        String line = Stream.concat(Stream.of(verb), Stream.of(texts).map(EdgeFiles::encoded))
                .collect(Collectors.joining(" "));
        String complaint = dialogue.ask(line, within);
        if (complaint.equals(LOST)) {
            throw Failure.noAnswer(Diagnostic.of(
                    LOCK_LOST,
                    "the connection to the edge's machine was lost while HAProxy was being changed there",
                    "Run the command again, which finds what was changed."));
        }
        if (!complaint.isEmpty()) {
            throw Failure.of(Diagnostic.of(
                            "edge-file",
                            "can't change HAProxy's files on the edge",
                            "See whether the machine's disk is full, or another app is being deployed there, then run the command again.")
                    .withDetail(complaint));
        }
    }

    private static String encoded(String text) {
        return "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives the lock back too. */
    @Override
    public void close() {
        dialogue.close();
    }
}
