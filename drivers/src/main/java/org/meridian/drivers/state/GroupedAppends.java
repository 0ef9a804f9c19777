package org.meridian.drivers.state;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.JournalEntry;

/**
 * Writes journal entries that arrive while another write is under way together, in one write: a fleet of a hundred servers
 * costs about as many writes as one of three. Each caller returns when its own entries are written.
 */
public final class GroupedAppends {
    /** Appends are joined up to this many entries, so that no write grows without bound. */
    private static final int MOST = 1000;

    private final Consumer<List<JournalEntry>> write;
    private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock(true);

    /** Appends that this writes, all or nothing; what it throws, every caller gets whose entries were in that write. */
    public GroupedAppends(Consumer<List<JournalEntry>> write) {
        this.write = requireNonNull(write, "write is null");
    }

    /** Writes the entries, together with those of others who wait. */
    public void append(List<JournalEntry> entries) {
        Append mine = new Append(entries);
        waiting.add(mine);
        writing.lock();
        try {
            while (!mine.tried) {
                writeSome();
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private void writeSome() {
        List<Append> group = next();
        try {
            write.accept(
                    group.stream().flatMap(append -> append.entries.stream()).toList());
            group.forEach(append -> append.tried = true);
        } catch (RuntimeException e) {
            group.forEach(append -> append.fail(e));
        }
    }

    private List<Append> next() {
        List<Append> group = new ArrayList<>();
        int size = 0;
        Append head = waiting.peek();
        while (head != null && (group.isEmpty() || size + head.entries.size() <= MOST)) {
            group.add(waiting.remove());
            size += head.entries.size();
            head = waiting.peek();
        }
        return group;
    }

    /** One caller's entries; its fields are guarded by {@code writing}, except that only their caller reads them after. */
    private static final class Append {
        private final List<JournalEntry> entries;
        private boolean tried;
        private @Nullable RuntimeException failure;

        private Append(List<JournalEntry> entries) {
            this.entries = List.copyOf(entries);
        }

        private void fail(RuntimeException why) {
            failure = why;
            tried = true;
        }
    }
}
