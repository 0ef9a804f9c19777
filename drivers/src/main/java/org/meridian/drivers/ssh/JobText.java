package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.JobRun;
import org.meridian.core.model.JobState;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;

/** Reads what the scripts of jobs print; they say there what each line means. */
final class JobText {
    private static final String NOTHING = "-";

    private JobText() {}

    /** What "jobs-ended" prints. */
    static Map<String, Instant> seen(Server server, String text) {
        return read(server, () -> {
            Map<String, Instant> seen = new HashMap<>();
            text.lines()
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> seen.put(words[0], Instant.ofEpochSecond(Long.parseLong(words[1]))));
            return seen;
        });
    }

    /** What "jobs-state" prints. */
    static List<JobState> states(Server server, String text) {
        return read(server, () -> text.lines()
                .map(line -> line.split(" ", -1))
                .map(words -> new JobState(words[0], words[1].equals("on"), time(words[2]), time(words[3])))
                .toList());
    }

    /** What "jobs-history" prints. */
    static List<JobRun> runs(Server server, String text) {
        return read(
                server,
                () -> text.lines().map(line -> run(server, line.split(" ", -1))).toList());
    }

    private static JobRun run(Server server, String[] words) {
        return new JobRun(
                words[0],
                server.name(),
                ReleaseId.parse(words[6]),
                time(words[1]).orElseThrow(),
                time(words[2]).orElseThrow(),
                Integer.parseInt(words[3]),
                JobRun.End.valueOf(words[4].toUpperCase(Locale.ROOT)),
                words[5].equals("hand"),
                words[7].equals(NOTHING) ? "" : new String(Base64.getDecoder().decode(words[7]), UTF_8));
    }

    private static Optional<Instant> time(String word) {
        return word.equals(NOTHING) ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(word)));
    }

    private static <T> T read(Server server, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Failure.of(
                    Diagnostic.of(
                                    "odd-jobs",
                                    server.name() + " says of its jobs something that can't be read",
                                    "Log in to it and see whether its shell prints something of its own.")
                            .withDetail(String.valueOf(e.getMessage())),
                    e);
        }
    }
}
