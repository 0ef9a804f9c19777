package org.meridian.testkit.fuzz;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * A text that another program wrote, such as a registry's answer, and what reads it. Whatever the text becomes, reading it
 * ends with a result or with a {@link Failure} that says what is wrong and what to do, each in one line, and within a
 * limit of processor time. A seed gives the same text again.
 *
 * @param text    as it is when all is well
 * @param reading reads it
 */
public record ForeignText(String text, Reading reading) {
    /** Usually it is less than a millisecond; in processor time, which a busy machine does not change. */
    private static final Duration MOST = Duration.ofSeconds(2);

    /** Checks that no part is null. */
    public ForeignText {
        requireNonNull(text, "text is null");
        requireNonNull(reading, "reading is null");
    }

    /**
     * What is wrong with how reading these many changed texts ended, at most the first few; {@code make fuzz} reads more, with the
     * system property {@code meridian.fuzz} times as many.
     */
    public List<String> wrong(long firstSeed, int inputs) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        long last = firstSeed + (long) inputs * Integer.getInteger("meridian.fuzz", 1);
        for (long seed = firstSeed; seed < last && wrong.size() < 5; seed++) {
            String where = "seed " + seed + ": ";
            wrong(new Mutations(new Random(seed)).of(text)).ifPresent(what -> wrong.add(where + what));
        }
        return wrong;
    }

    private Optional<String> wrong(String changed) throws InterruptedException {
        long before = processorTime();
        try {
            reading.read(changed);
        } catch (Failure failure) {
            Optional<String> unclear = failure.diagnostics().stream()
                    .filter(ForeignText::isUnclear)
                    .map(problem -> "unclear: " + problem)
                    .findFirst();
            if (unclear.isPresent()) {
                return unclear;
            }
        } catch (RuntimeException | Error e) {
            return Optional.of("it threw " + e + " in "
                    + List.of(e.getStackTrace()).stream().limit(8).toList());
        }
        Duration spent = Duration.ofNanos(processorTime() - before);
        return spent.compareTo(MOST) > 0 ? Optional.of("it took " + spent) : Optional.empty();
    }

    private static boolean isUnclear(Diagnostic problem) {
        return problem.summary().isBlank()
                || problem.suggestion().isBlank()
                || problem.summary().lines().count() > 1;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Reads a text; may throw Failure, and nothing else. */
    @FunctionalInterface
    public interface Reading {
        /** Reads it. */
        void read(String text) throws InterruptedException;
    }
}
