package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.AppName;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;
import org.meridian.drivers.command.EdgeMachine;

/**
 * The counts that HAProxy keeps of each origin: requests and failures from its statistics, latencies from a table that
 * its rules fill (the configuration that {@link HaproxyTraffic} prepares).
 *
 * <p>A failure is an answer with status 5xx, an answer that broke off, and each time that a request was sent to an origin
 * and got no answer, also when another origin then answered it, so that the user noticed nothing. A request whose
 * user gave up is counted once the origin answers, or when the edge gives up too, after two minutes.
 *
 * <p>HAProxy counts from zero when it is reloaded or restarted, for another app too, and when an origin leaves the pool and joins it again.
 */
public final class HaproxyMetrics implements MetricSource {
    private final RuntimeApi runtime;
    private final Map<ServerName, Reading> readings = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** What the HAProxy on this machine counts of an app, over a connection of its own. */
    public HaproxyMetrics(AppName app, EdgeMachine machine) {
        this.runtime = new RuntimeApi(PoolNames.of(app), requireNonNull(machine, "machine is null"));
    }

    @Override
    public List<OriginMetrics> read(RegionName region) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return runtime.counts(region).stream().map(this::metrics).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            runtime.close();
        } finally {
            lock.unlock();
        }
    }

    /** A request under way hides one that got no answer, so the highest number seen is nearest to the truth. */
    private OriginMetrics metrics(ServerCounts counts) {
        Reading before = readings.get(counts.server());
        Reading now = Reading.of(counts).after(before);
        readings.put(counts.server(), now);
        return counts.metrics(now.unanswered());
    }

    private record Reading(long answered, long unanswered) {
        static Reading of(ServerCounts counts) {
            return new Reading(counts.answered(), counts.unanswered());
        }

        /** Fewer answers than before mean that HAProxy counts from zero again, and then nothing from before counts. */
        Reading after(@Nullable Reading before) {
            return before == null || answered < before.answered
                    ? this
                    : new Reading(answered, Math.max(unanswered, before.unanswered));
        }
    }
}
