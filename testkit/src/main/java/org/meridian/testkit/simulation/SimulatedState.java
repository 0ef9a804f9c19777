package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.spi.StateStore;

/** What is remembered, in memory. */
final class SimulatedState implements StateStore {
    private final List<Release> releases = new ArrayList<>();
    private final List<RolloutRecord> rollouts = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private @Nullable Holder holder;
    private long token;

    @Override
    public Lock lock(Holder newHolder) {
        if (holder != null) {
            throw Failure.locked(Diagnostic.of("locked", "locked by " + holder.who(), "Wait."));
        }
        holder = newHolder;
        long mine = ++token;
        return new Lock() {
            @Override
            public long token() {
                return mine;
            }

            @Override
            public void close() {
                unlock();
            }
        };
    }

    /** A dead deployer's lock goes with it. */
    void unlock() {
        holder = null;
    }

    @Override
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    @Override
    public List<Release> releases() {
        return List.copyOf(releases);
    }

    @Override
    public void save(Lock lock, Release release) {
        releases.removeIf(known -> known.id().equals(release.id()));
        releases.add(release);
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return List.copyOf(rollouts);
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        rollouts.removeIf(known -> known.number() == rollout.number());
        rollouts.add(rollout);
    }

    @Override
    public List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void clear(Lock lock) {
        releases.clear();
        rollouts.clear();
        receipts.clear();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
