package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.EdgeMachine;

/** Writes the edge's files, each one whole or not at all, through a shell that is kept open. */
final class EdgeFiles implements AutoCloseable {
    private static final String DIRECTORY = "/etc/haproxy/";

    /** What HAProxy starts with. */
    static final String CONFIGURATION = DIRECTORY + "haproxy.cfg";

    /** The configuration while it is checked. */
    static final String CANDIDATE = DIRECTORY + "haproxy.candidate";

    /** Country to order of pools. */
    static final String COUNTRIES = DIRECTORY + "countries.map";

    /** The standings of servers. The file's name is that of the first version, so that its running edges are understood. */
    static final String STANDINGS = DIRECTORY + "draining.map";

    /** What a reload carries over; empty otherwise, so that a restart never meets an old one. */
    static final String STATE = DIRECTORY + "servers.state";

    private static final Duration WRITING = Duration.ofSeconds(10);
    private static final Command SHELL = Command.of(
            "bash",
            "-c",
            "store() { base64 -d <<<\"$2\" >\"$1.new\" && mv -f \"$1.new\" \"$1\" || echo failed; }; "
                    + "while read -r path text; do printf '%s\\n.\\n' \"$(store \"$path\" \"$text\" 2>&1)\"; done");

    private final Dialogue dialogue;

    EdgeFiles(EdgeMachine machine) {
        requireNonNull(machine, "machine is null");
        this.dialogue = new Dialogue("the edge's machine", () -> machine.open(SHELL), "", "\n.\n");
    }

    /** Replaces a file's text. */
    void write(String path, String text) throws InterruptedException {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String complaint = dialogue.ask(path + " " + encoded, WRITING);
        if (!complaint.isEmpty()) {
            throw Failure.of(Diagnostic.of(
                            "edge-file",
                            "can't write " + path + " on the edge",
                            "See whether the machine's disk is full, then run the command again.")
                    .withDetail(complaint));
        }
    }

    @Override
    public void close() {
        dialogue.close();
    }
}
