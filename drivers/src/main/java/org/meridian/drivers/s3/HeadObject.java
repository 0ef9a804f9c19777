package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.StateJson;

/** Reads the head, and changes it only when nobody else has since it was read. */
final class HeadObject {
    private static final String KEY = "head.json";

    /** Somebody else's change is in between only when two work on the app at the same time. */
    private static final int TRIES = 50;

    private final S3Objects objects;
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Seen last;

    HeadObject(S3Objects objects) {
        this.objects = requireNonNull(objects, "objects is null");
    }

    /** The head as it is now; throws a Failure when a newer Meridian wrote it. */
    Seen read() {
        Seen seen = objects.get(KEY)
                .map(found -> new Seen(parse(found.text()), Optional.of(found.tag()), found.age()))
                .orElseGet(() -> new Seen(Head.none(), Optional.empty(), Duration.ZERO));
        changing.lock();
        try {
            last = seen;
        } finally {
            changing.unlock();
        }
        return seen;
    }

    /**
     * Changes the head, again on what somebody else made of it meanwhile; a change that returns its own argument changes
     * nothing. What the change throws ends it.
     */
    Head change(UnaryOperator<Head> change) {
        changing.lock();
        try {
            Seen seen = last == null ? read() : last;
            for (int i = 0; i < TRIES; i++) {
                Head wanted = change.apply(seen.head());
                if (wanted.equals(seen.head()) || swap(seen, wanted).isPresent()) {
                    return wanted;
                }
                seen = read();
                if (seen.head().write().equals(wanted.write())) {
                    // It was written after all; only the answer was lost, and the client tried again.
                    return wanted;
                }
            }
            throw objects.unsupported("others change it all the time");
        } finally {
            changing.unlock();
        }
    }

    /** Writes the head if it is still as it was seen, and returns what is seen then; empty when it was not. */
    Optional<Seen> swap(Seen before, Head after) {
        String text = StateJson.write(after);
        Optional<String> tag =
                before.tag().isPresent() ? objects.replace(KEY, before.tag().get(), text) : objects.create(KEY, text);
        Optional<Seen> now = tag.map(written -> new Seen(after, Optional.of(written), Duration.ZERO));
        changing.lock();
        try {
            last = now.orElse(null);
        } finally {
            changing.unlock();
        }
        if (tag.isPresent() && before.tag().isEmpty()) {
            requireConditions(tag.get());
        }
        return now;
    }

    /** Once for each app: without conditional writes, two deployers could both believe that they have the lock. */
    private void requireConditions(String tag) {
        String probe = "probe.json";
        objects.put(probe, "1");
        boolean createdTwice = objects.create(probe, "2").isPresent();
        boolean replacedOther = objects.replace(probe, tag, "3").isPresent();
        objects.delete(probe);
        if (createdTwice || replacedOther) {
            objects.delete(KEY);
            throw objects.unsupported("it has no conditional writes (If-None-Match and If-Match with PutObject)");
        }
    }

    private Head parse(String text) {
        int format = StateJson.read(objects.toString(), text, Format.class).format();
        if (format > Head.FORMAT) {
            throw StateFailures.tooNew(objects.toString(), Integer.toString(format), Integer.toString(Head.FORMAT));
        }
        return StateJson.read(objects.toString(), text, Head.class);
    }

    /** The one field that every format has. */
    private record Format(int format) {}

    /**
     * The head as it was read.
     *
     * @param head what is in it
     * @param tag  its tag; empty when there is no such object yet
     * @param age  how long ago it was written, by the service's clock
     */
    record Seen(Head head, Optional<String> tag, Duration age) {
        /** Whether somebody has the lock who is alive as far as can be told. Times are to the second, so one is added. */
        boolean isLocked() {
            return head.holder()
                    .filter(claim -> !claim.dead())
                    .filter(claim -> claim.kept() || age.compareTo(claim.lease().plusSeconds(1)) < 0)
                    .isPresent();
        }
    }
}
