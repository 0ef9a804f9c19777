package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.WorkerContainer;

/** Reads what the script "duties" prints; it says there what each line means. */
final class DutyText {
    /** What the engine tells of a container that was never started (Go's zero time). */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Server server;
    private final Set<String> working = new HashSet<>();
    private final List<WorkerContainer> containers = new ArrayList<>();
    private final List<JobState> jobs = new ArrayList<>();
    private final List<JobRun> last = new ArrayList<>();

    private DutyText(Server server) {
        this.server = requireNonNull(server, "server is null");
    }

    /** What the text tells; throws a Failure when it is no such text. */
    static ServerDuties read(Server server, String text) {
        DutyText reading = new DutyText(server);
        try {
            text.lines().forEach(reading::line);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw Failure.of(
                    Diagnostic.of(
                                    "odd-duties",
                                    server.name() + " says of its workers and jobs something that can't be read",
                                    "Log in to it and see whether its shell prints something of its own.")
                            .withDetail(String.valueOf(e.getMessage())),
                    e);
        }
        return new ServerDuties(reading.working, reading.containers, reading.jobs, reading.last);
    }

    private void line(String line) {
        String[] words = line.split(" ", -1);
        String rest = line.substring(Math.min(line.length(), words[0].length() + 1));
        switch (words[0]) {
            case "working" -> working.add(words[1]);
            case "worker" ->
                containers.add(new WorkerContainer(words[1], words[2], Integer.parseInt(words[3]), started(words[4])));
            case "job" -> jobs.add(JobText.states(server, rest).get(0));
            case "run" -> last.add(JobText.runs(server, rest).get(0));
            default -> throw new IllegalArgumentException("not known: " + words[0]);
        }
    }

    private static Optional<Instant> started(String written) {
        return Optional.of(Instant.parse(written)).filter(time -> !time.equals(NEVER));
    }
}
