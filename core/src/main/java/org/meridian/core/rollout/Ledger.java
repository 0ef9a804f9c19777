package org.meridian.core.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Act;
import org.meridian.core.model.Answer;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/**
 * Lets no act happen without the lock and without its intent in the journal, and writes down how each one ended.
 *
 * <p>When the store does not answer, a new act fails after a while, so that the rollout turns back. What only finishes or
 * undoes goes on without the store for as long as the lease lasts, and does not ask it again before it has renewed the
 * lease, since each question may take seconds; what could not be written is written with the next entry that can.
 */
public final class Ledger {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 4;
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final StateStore state;
    private final Ownership ownership;
    private final Lease lease;
    private final int rollout;
    private final Time time;
    private final EventSink events;
    private final AtomicInteger acts = new AtomicInteger();
    private final Queue<JournalEntry> unwritten = new ConcurrentLinkedQueue<>();
    private final Map<RegionName, Tasks.Work> conditions = new ConcurrentHashMap<>();
    private volatile boolean goesOn;
    private volatile boolean silent;
    private volatile long silentSince;
    private volatile boolean told;

    /** The ledger of a rollout; 0 stands for acts outside of one. */
    public Ledger(StateStore state, Lease lease, int rollout, Time time, EventSink events) {
        this.state = requireNonNull(state, "state is null");
        this.ownership = new Ownership(state::identity);
        this.lease = requireNonNull(lease, "lease is null");
        this.rollout = rollout;
        this.time = requireNonNull(time, "time is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** From now on acts finish or undo: stopping for want of the store would leave users worse off. */
    void goOnWithoutStore() {
        goesOn = true;
    }

    /** Which servers the state made. */
    Ownership ownership() {
        return ownership;
    }

    /** Where this rollout goes. */
    Patience.Direction direction() {
        return goesOn ? Patience.Direction.BACK : Patience.Direction.FORWARD;
    }

    int rollout() {
        return rollout;
    }

    /** What a person said to this rollout last. */
    Optional<Answer> answer() {
        return state.answer(rollout);
    }

    /** Writes what could not be written, if the store answers now; at the end of a rollout no other entry does it. */
    void catchUp() {
        if (!unwritten.isEmpty() && !lease.lost()) {
            Optional<Failure> unused = write(List.of());
        }
    }

    /** Throws a Failure when the lock is no longer surely held. */
    void check() {
        lease.check();
    }

    /**
     * Does something, and lets each act in that region happen only if {@code condition} does not throw just before it, after
     * its intent was written: what was seen before that may be old by then.
     */
    void onlyIf(RegionName region, Tasks.Work condition, Tasks.Work work) throws InterruptedException {
        conditions.put(region, condition);
        try {
            work.run();
        } catch (NoLonger e) {
            throw e.why;
        } finally {
            conditions.remove(region);
        }
    }

    /** Does something that changes the world. */
    void act(Act act, Tasks.Work work) throws InterruptedException {
        boolean ignored = result(act, () -> {
            work.run();
            return true;
        });
    }

    /** Does something that changes the world and has a result. */
    <T> T result(Act act, Call<T> call) throws InterruptedException {
        int number = acts.incrementAndGet();
        lease.check();
        intend(entry(number, act, State.INTENDED, Optional.empty()));
        try {
            requireCondition(act);
            lease.check();
            T result = call.run();
            ended(entry(number, act, State.DONE, Optional.empty()));
            return result;
        } catch (NoLonger e) {
            ended(entry(
                    number, act, State.FAILED, Optional.of(e.why.diagnostic().summary())));
            throw e;
        } catch (Failure e) {
            ended(entry(number, act, State.FAILED, Optional.of(e.diagnostic().summary())));
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            ended(entry(number, act, State.FAILED, Optional.of("it was interrupted")));
            throw e;
        }
    }

    private void requireCondition(Act act) throws InterruptedException {
        Tasks.Work condition = act.region().map(conditions::get).orElse(null);
        if (condition == null) {
            return;
        }
        try {
            condition.run();
        } catch (Failure e) {
            throw new NoLonger(e);
        }
    }

    /** An act is not to be done any more, however often it is tried. */
    private static final class NoLonger extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure why;

        NoLonger(Failure why) {
            super(why);
            this.why = why;
        }
    }

    private JournalEntry entry(int number, Act act, State entryState, Optional<String> problem) {
        return new JournalEntry(rollout, number, lease.lock().token(), time.now(), act, entryState, problem);
    }

    private void intend(JournalEntry entry) throws InterruptedException {
        if (doesWithout()) {
            postpone(entry);
            return;
        }
        Stopwatch watch = Stopwatch.start(time);
        for (int times = 1; ; times++) {
            Optional<Failure> problem = write(List.of(entry));
            if (problem.isEmpty()) {
                return;
            }
            if ((goesOn && silent) || isSilent(times, watch.elapsed())) {
                giveUpOn(entry, problem.get());
                return;
            }
            time.sleep(BETWEEN);
            lease.check();
        }
    }

    /**
     * Some calls can be slow or lost by chance, four in a row hardly; the renewals of the lease count as well. Where each call takes long,
     * fewer have to do: without renewals the lease ends.
     */
    private boolean isSilent(int times, Duration waited) {
        boolean surely = times + lease.missed() >= TRIES || lease.runsOut();
        return surely && waited.compareTo(PATIENCE) >= 0;
    }

    /** Whether the store is known not to answer, so that only time would be lost with asking it. */
    private boolean doesWithout() {
        return goesOn && silent && !lease.renewedSince(silentSince);
    }

    private void giveUpOn(JournalEntry entry, Failure problem) {
        fallsSilent();
        if (!goesOn) {
            throw problem;
        }
        postpone(entry);
    }

    /** The act has happened, or has not: that the store does not answer changes nothing about it. */
    private void ended(JournalEntry entry) {
        if (lease.lost()) {
            return;
        }
        if (doesWithout()) {
            postpone(entry);
        } else if (write(List.of(entry)).isPresent()) {
            fallsSilent();
            postpone(entry);
        }
    }

    private void fallsSilent() {
        silent = true;
        silentSince = time.agingNanos();
    }

    private void postpone(JournalEntry entry) {
        unwritten.add(entry);
        if (!told) {
            told = true;
            events.emit(new RolloutEvent.Note(
                    time.now(),
                    "The state store does not answer: what is begun is finished or undone without it, and the next"
                            + " command completes the journal."));
        }
    }

    /** Writes entries after those that could not be written; tells why it can't. */
    private Optional<Failure> write(List<JournalEntry> more) {
        List<JournalEntry> entries = new ArrayList<>(unwritten);
        entries.addAll(more);
        try {
            state.append(lease.lock(), entries);
        } catch (Failure e) {
            if (e.diagnostic().code().equals(StateStore.LOCK_LOST)) {
                lease.lose();
            }
            return Optional.of(e);
        }
        unwritten.removeAll(entries);
        silent = false;
        told = false;
        entries.forEach(written -> events.emit(new RolloutEvent.Journalled(written.at(), written)));
        return Optional.empty();
    }

    /** Something that changes the world. */
    @FunctionalInterface
    interface Call<T> {
        /** Does it. */
        T run() throws InterruptedException;
    }
}
