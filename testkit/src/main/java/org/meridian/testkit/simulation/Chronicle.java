package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.JournalEntry;

/** Everything that happened, kept as data: it becomes text only when somebody wants to read it. */
final class Chronicle {
    private final Scheduler scheduler;
    private final List<Entry> entries = new ArrayList<>();

    Chronicle(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void add(@Nullable Deployer by, Object kind, Object what) {
        entries.add(new Entry(scheduler.nanos(), by, kind, what));
    }

    void clear() {
        entries.clear();
    }

    /** One line for each thing that happened. */
    List<String> lines() {
        return entries.stream().map(Entry::toString).toList();
    }

    /** Whether something that happened, as it would be printed, contains a text. */
    boolean tells(String text) {
        return entries.stream().anyMatch(entry -> entry.toString().contains(text));
    }

    private record Entry(long at, @Nullable Deployer by, Object kind, Object what) {
        @Override
        public String toString() {
            Duration since = Duration.ofNanos(at);
            return String.format("%6d.%03d %s %s %s", since.toSeconds(), since.toMillisPart(), by, kind, brief(what));
        }

        private static Object brief(Object what) {
            return switch (what) {
                case List<?> several -> several.stream().map(Entry::brief).toList();
                case JournalEntry entry ->
                    entry.number() + " " + entry.state() + " " + entry.act().words()
                            + entry.problem().map(problem -> ": " + problem).orElse("");
                default -> what;
            };
        }
    }
}
