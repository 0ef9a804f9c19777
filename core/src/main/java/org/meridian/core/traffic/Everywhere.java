package org.meridian.core.traffic;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.Tasks;

/**
 * Does something in several places at the same time, and in all of them: that one place does not answer keeps no other from being
 * told. A rollback reaches every machine that can be reached, whatever the others do.
 *
 * @param tasks runs what is done at the same time
 */
public record Everywhere(Tasks tasks) {
    /** Checks that nothing is null. */
    public Everywhere {
        requireNonNull(tasks, "tasks is null");
    }

    /** Does it; throws a Failure that tells of every place where it failed, of kind NO_ANSWER if none of them answered. */
    public <T> void tell(Collection<T> places, Tasks.Action<T> what) throws InterruptedException {
        tell(places, List.of(), what);
    }

    /** Does it in the first places, and in the second once that was tried in all of the first. */
    <T> void tell(Collection<T> first, Collection<T> second, Tasks.Action<T> what) throws InterruptedException {
        Queue<Failure> failures = new ConcurrentLinkedQueue<>();
        tasks.forEach(first, place -> attempt(place, what, failures));
        tasks.forEach(second, place -> attempt(place, what, failures));
        requireDone(List.copyOf(failures));
    }

    private static <T> void attempt(T place, Tasks.Action<T> what, Queue<Failure> failures)
            throws InterruptedException {
        try {
            what.run(place);
        } catch (Failure e) {
            failures.add(e);
        }
    }

    private static void requireDone(List<Failure> failures) {
        if (!failures.isEmpty()) {
            throw together(failures);
        }
    }

    /** What was refused weighs more than what was not answered: it is not asked again. */
    private static Failure together(List<Failure> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        List<Failure> refused = failures.stream()
                .filter(failure -> failure.kind() != Failure.Kind.NO_ANSWER)
                .toList();
        List<Diagnostic> problems = (refused.isEmpty() ? failures : refused)
                .stream().flatMap(failure -> failure.diagnostics().stream()).toList();
        Failure all = refused.isEmpty() ? Failure.noAnswer(problems) : Failure.of(problems);
        failures.forEach(all::addSuppressed);
        return all;
    }
}
