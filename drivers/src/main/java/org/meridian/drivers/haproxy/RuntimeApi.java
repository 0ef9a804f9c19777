package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.EdgeMachine;

/** HAProxy's Runtime API over one lasting connection, with every answer checked. */
final class RuntimeApi implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Command SOCAT = Command.of("socat", "-", "UNIX-CONNECT:/run/haproxy/admin.sock");

    /** Without it HAProxy ends the connection after one line. */
    private static final String PROMPTING = "prompt";

    /** What HAProxy says of itself that an earlier version configured for one app alone. */
    private static final Pattern EARLIER = Pattern.compile("(?m)^description: meridian-[0-9a-f]{12}$");

    private final PoolNames names;
    private final Dialogue dialogue;

    RuntimeApi(PoolNames names, EdgeMachine machine) {
        this.names = requireNonNull(names, "names is null");
        requireNonNull(machine, "machine is null");
        this.dialogue = new Dialogue("the edge's Runtime API", () -> machine.open(SOCAT), PROMPTING, "\n> ");
    }

    /** Whether a connection is open. */
    boolean open() {
        return dialogue.open();
    }

    /** What HAProxy is doing for the app, which may be nothing. */
    LiveEdge look() throws InterruptedException {
        String info = info();
        String statistics = ask("show stat -1 6 -1");
        if (statistics.contains("\n" + names.fingerprint(""))) {
            return LiveEdge.read(names, statistics, standings(names));
        }
        return EARLIER.matcher(info).find()
                ? LiveEdge.read(PoolNames.ALONE, statistics, standings(PoolNames.ALONE))
                : LiveEdge.without(names);
    }

    /** What was counted of each server in a region's pool; throws a Failure when there is no such pool. */
    List<ServerCounts> counts(RegionName region) throws InterruptedException {
        info();
        String pool = names.pool(region);
        String table = ask("show table " + pool);
        if (table.isEmpty() || table.startsWith("No such table")) {
            throw LiveEdge.noPool(region);
        }
        // The table first, so that no answer has a latency and is not yet counted.
        return ServerCounts.read(names, table, ask("show stat " + pool + " 4 -1"));
    }

    /** What HAProxy says of itself, by the process that stays. */
    private String info() throws InterruptedException {
        String info = ask("show info");
        if (info.contains("\nStopping: 1")) {
            // A reload has left this connection with the process that is going.
            dialogue.close();
            info = ask("show info");
        }
        return info;
    }

    /** Each line of the answer is an entry's address in memory, its key and its value; the lines without the address. */
    private String standings(PoolNames there) throws InterruptedException {
        String line = "show map " + there.standings();
        String answer = ask(line);
        if (answer.startsWith("Unknown map")) {
            throw unexpected(line, answer);
        }
        return answer.lines()
                .map(entry -> entry.substring(entry.indexOf(' ') + 1).strip())
                .collect(joining("\n"));
    }

    /** The state that a reload carries over. */
    String state() throws InterruptedException {
        // HAProxy drops a last line that has no end.
        return ask("show servers state").strip() + "\n";
    }

    /** Gives a command and returns what was said; throws a Failure when it is not what means success. */
    String give(RuntimeCommand command) throws InterruptedException {
        String answer = ask(command.line());
        if (!command.answer().matcher(answer).matches()) {
            throw unexpected(command.line(), answer);
        }
        return answer;
    }

    /** Ends the connection; the next command opens a new one. */
    @Override
    public void close() {
        dialogue.close();
    }

    /** What an answer says; throws a Failure where it holds a name or a number that can't be one. */
    static <T> T understood(String line, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw unexpected(line, String.valueOf(e.getMessage()));
        }
    }

    static Failure unexpected(String line, String answer) {
        return Failure.of(Diagnostic.of(
                        "edge-refused",
                        "the edge did not do '" + line + "'",
                        "Run the command again; 'docker logs' of the edge may tell more.")
                .withDetail(answer.isBlank() ? "it answered nothing" : answer));
    }

    private String ask(String line) throws InterruptedException {
        return dialogue.ask(line, ANSWER);
    }
}
