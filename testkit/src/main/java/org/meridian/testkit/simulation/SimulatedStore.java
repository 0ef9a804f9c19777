package org.meridian.testkit.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.StateStore;
import org.meridian.testkit.simulation.SimulatedState.Fence;

/** One deployer's way to what is remembered: calls can fail, before or after they took place, or be its last. */
final class SimulatedStore implements StateStore {
    private final SimulatedWorld world;
    private final SimulatedState state;
    private final Deployer deployer;

    SimulatedStore(SimulatedWorld world, SimulatedState state, Deployer deployer) {
        this.world = world;
        this.state = state;
        this.deployer = deployer;
    }

    @Override
    public Lock lock(Holder holder, String claim) {
        long asked = now();
        return call(Effect.WRITE, "lock", () -> {
            if (state.claimed(claim)) {
                return new HeldLock(state.fence());
            }
            state.holder(now(), world.storeSeesDeath()).ifPresent(other -> {
                throw Failure.locked(
                        Diagnostic.of("locked", "locked by " + other.who() + " for " + other.what(), "Wait."));
            });
            return new HeldLock(state.take(holder, claim, deployer, asked + LEASE.toNanos()));
        });
    }

    @Override
    public Optional<Holder> holder() {
        return call(Effect.READ, "holder", () -> state.holder(now(), world.storeSeesDeath()));
    }

    @Override
    public Optional<Holder> release() {
        return call(Effect.WRITE, "release", () -> {
            Optional<Holder> former = state.holder(now(), world.storeSeesDeath());
            state.unlock();
            return former;
        });
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return call(Effect.READ, "identity", state::identity);
    }

    @Override
    public void save(Lock lock, StoreIdentity identity) {
        write(lock, identity, () -> state.identify(identity));
    }

    @Override
    public List<Release> releases() {
        return call(Effect.READ, "releases", () -> List.copyOf(state.releases));
    }

    @Override
    public void save(Lock lock, Release release) {
        write(lock, release.id(), () -> state.save(release));
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return call(Effect.READ, "rollouts", () -> List.copyOf(state.rollouts));
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        write(lock, rollout, () -> {
            state.save(rollout);
            if (rollout.outcome() == RolloutRecord.Outcome.RUNNING) {
                deployer.began = rollout.number();
            }
        });
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return call(Effect.READ, "journal", () -> state.journal(rollout));
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        write(lock, entries, () -> state.append(entries));
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return call(Effect.READ, "answer", () -> Optional.ofNullable(state.answers.get(rollout)));
    }

    @Override
    public void save(Answer answer) {
        Answer ignored = call(Effect.WRITE, answer, () -> {
            state.answers.put(answer.rollout(), answer);
            return answer;
        });
    }

    @Override
    public List<Receipt> receipts() {
        return call(Effect.READ, "receipts", () -> List.copyOf(state.receipts));
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        write(lock, receipt, () -> state.receipts.add(receipt));
    }

    @Override
    public void audit(AuditEntry entry) {
        Object ignored = call(Effect.WRITE, entry, () -> state.audit.add(entry));
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return call(Effect.READ, "audit", () -> state.audit.stream()
                .sorted(Comparator.comparing(AuditEntry::at).reversed())
                .limit(most)
                .toList());
    }

    @Override
    public Optional<HostKeyPin> hostKey(String machine) {
        return call(Effect.READ, "host key", () -> Optional.ofNullable(state.hostKeys.get(machine)));
    }

    @Override
    public void save(HostKeyPin pin) {
        Object ignored = call(Effect.WRITE, pin, () -> {
            state.hostKeys.put(pin.machine(), pin);
            return pin;
        });
    }

    @Override
    public void forgetHostKey(String machine) {
        Object ignored = call(Effect.WRITE, "forget " + machine, () -> {
            state.hostKeys.remove(machine);
            return machine;
        });
    }

    @Override
    public Optional<KeyRotation> keyRotation() {
        return call(Effect.READ, "key rotation", () -> state.rotation);
    }

    @Override
    public void save(Lock lock, KeyRotation rotation) {
        write(lock, rotation, () -> state.rotation = Optional.of(rotation));
    }

    @Override
    public void clear(Lock lock) {
        write(lock, "clear", state::clear);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private void write(Lock lock, Object what, Runnable change) {
        Fence fence = new Fence(lock.token(), lock.claim());
        Object ignored = call(Effect.WRITE, what, () -> {
            requireCurrent(fence);
            change.run();
            return what;
        });
    }

    private void requireCurrent(Fence fence) {
        if (!state.current(fence)) {
            world.tally.add("writes refused");
            throw Failure.of(
                    Diagnostic.of(LOCK_LOST, "the lock " + fence.token() + " is no longer held", "Run again."));
        }
    }

    private <T> T call(Effect effect, Object what, Supplier<T> call) {
        deployer.instant();
        Optional<Trouble> trouble = world.conditions.trouble(effect);
        boolean down = world.conditions.storeIsDown();
        boolean happens = !down && (trouble.isEmpty() || trouble.get().how.happens());
        if (trouble.isPresent() && trouble.get().how.hangs()) {
            world.scheduler.sleepThrough(trouble.get().hang.toNanos());
            deployer.check();
        }
        if (!happens) {
            throw unreachable(effect, what);
        }
        if (effect == Effect.WRITE) {
            world.chronicle.add(deployer, effect, what);
        }
        T result = call.get();
        if (trouble.isPresent() && trouble.get().how != Trouble.How.SLOW) {
            throw unreachable(effect, what);
        }
        if (effect == Effect.WRITE) {
            deployer.instant();
            deployer.idle();
        }
        return result;
    }

    private Failure unreachable(Effect effect, Object what) {
        deployer.storeFailed = true;
        world.tally.add("store failures");
        world.chronicle.add(deployer, "STORE FAILS", what);
        return Failure.noAnswer(Diagnostic.of(UNREACHABLE, "the store did not answer " + effect, "Run again."));
    }

    private long now() {
        return world.scheduler.nanos();
    }

    private final class HeldLock implements Lock {
        private final Fence fence;

        HeldLock(Fence fence) {
            this.fence = fence;
        }

        @Override
        public long token() {
            return fence.token();
        }

        @Override
        public String claim() {
            return fence.claim();
        }

        @Override
        public void renew() {
            long asked = now();
            Object ignored = call(Effect.WRITE, "renew", () -> {
                requireCurrent(fence);
                state.renew(asked + LEASE.toNanos());
                return fence;
            });
        }

        @Override
        public void close() {
            Object ignored = call(Effect.WRITE, "unlock", () -> {
                if (state.current(fence)) {
                    state.unlock();
                }
                return fence;
            });
        }
    }
}
