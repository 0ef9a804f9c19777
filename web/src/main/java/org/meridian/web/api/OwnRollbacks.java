package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.web.world.RolloutStep;
import org.meridian.web.world.WorldWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rollbacks that this process carries out, as the command would, under the lock; their events go to those who listen. */
public final class OwnRollbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnRollbacks.class);
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(30);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(3);

    private final Workspace workspace;
    private final WorldWatch watch;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** In that workspace. */
    public OwnRollbacks(Workspace workspace, WorldWatch watch) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** Begins one and tells its number; empty when nothing was to be done. Throws a Failure when it can't begin. */
    Optional<Integer> begin(RollBackRequest request, String who) throws InterruptedException {
        CompletableFuture<Optional<Integer>> begun = new CompletableFuture<>();
        StepEvents steps = new StepEvents(watch, begun);
        Workspace own = Workspaces.telling(workspace, who, steps);
        running.removeIf(thread -> !thread.isAlive());
        running.add(Thread.ofVirtual().name("rollback").start(() -> run(own, request, begun)));
        try {
            return begun.get(BEGINS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw Failure.of(Diagnostic.of(
                    "rollback-slow",
                    "the rollback has not begun within " + Durations.spoken(BEGINS_WITHIN) + "; it may still",
                    "Watch the rollouts."));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("the rollback ended as nobody expected", e.getCause());
        }
    }

    private void run(Workspace own, RollBackRequest request, CompletableFuture<Optional<Integer>> begun) {
        try {
            Receipt receipt = new RollBack(own).run(request, plan -> true);
            LOG.info("rollback {}: {}", receipt.rollout(), receipt.outcome().written());
            begun.complete(Optional.empty());
        } catch (Failure e) {
            boolean told = !begun.completeExceptionally(e);
            if (told) {
                watch.tell(new RolloutStep(
                        begun.getNow(Optional.empty()).orElse(0),
                        "failed",
                        own.world().time().now(),
                        Optional.empty(),
                        e.diagnostic().summary()));
            }
        } catch (InterruptedException e) {
            // The dashboard ends; whoever rolls back next goes on with it.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a rollback ended as nobody expected", e);
            begun.completeExceptionally(e);
        }
    }

    /** Interrupts what runs; the next rollback goes on with it. */
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
        for (Thread thread : running) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            boolean ignored = thread.join(ENDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
