package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Plan;
import org.meridian.core.rollout.Ledger;
import org.meridian.core.rollout.PatientStore;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.core.spi.Ownership;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.StateStore;

/**
 * What every use case works with.
 *
 * @param app      what is wanted
 * @param world    what is there
 * @param state    what is remembered, asked again where it does not answer
 * @param registry knows images
 * @param secrets  know secrets
 * @param who      the user and host that act, for the lock
 * @param lockWait how long a command waits for a lock that somebody else has; zero for not at all
 */
public record Workspace(
        App app,
        World world,
        StateStore state,
        ImageRegistry registry,
        List<SecretStore> secrets,
        String who,
        Duration lockWait) {
    /** Copies the stores. */
    public Workspace {
        requireNonNull(app, "app is null");
        requireNonNull(world, "world is null");
        state = PatientStore.of(requireNonNull(state, "state is null"), world.time(), world.events());
        requireNonNull(registry, "registry is null");
        secrets = List.copyOf(secrets);
        requireNonNull(who, "who is null");
        requireNonNull(lockWait, "lockWait is null");
    }

    /** One whose commands do not wait for the lock. */
    public Workspace(
            App app, World world, StateStore state, ImageRegistry registry, List<SecretStore> secrets, String who) {
        this(app, world, state, registry, secrets, who, Duration.ZERO);
    }

    /** The same, in which commands wait that long for the lock. */
    public Workspace waitingForLock(Duration atMost) {
        return new Workspace(app, world, state, registry, secrets, who, atMost);
    }

    /** The same, in which an app is wanted that differs in its numbers of servers only. */
    public Workspace wanting(App numbers) {
        return new Workspace(numbers, world, state, registry, secrets, who, lockWait);
    }

    /** What is there now; whoever does not answer is asked again. */
    Observation observe() throws InterruptedException {
        return world.patience().retry(world::observe);
    }

    /** The same; throws a Failure that says whose they are when there are servers that another state made. */
    Observation observeOwn() throws InterruptedException {
        return own(observe());
    }

    /** The same, once all of these regions is within reach; throws a Failure when that takes too long. */
    Observation observeOwn(Collection<RegionName> regions) throws InterruptedException {
        return own(world.observe(regions));
    }

    private Observation own(Observation observed) {
        ownership().requireOwn(observed.servers());
        return observed;
    }

    /** Which servers this state made. */
    Ownership ownership() {
        return new Ownership(state::identity);
    }

    /** Takes the app's lock for a command. */
    StateStore.Lock lock(String command) throws InterruptedException {
        return lockQueue().take(now -> new StateStore.Holder(who, command, now));
    }

    LockQueue lockQueue() {
        return new LockQueue(state, world.time(), world.events(), lockWait);
    }

    /** The same workspace, in whose world every act ends something and is in the ledger. */
    Workspace endingUnder(Ledger ledger) {
        return new Workspace(app, world.endingUnder(ledger), state, registry, secrets, who, lockWait);
    }

    SecretSources secretSources() {
        return new SecretSources(secrets, world.tasks(), world.patience());
    }

    /** The registry, asked again where it does not answer. */
    ImageRegistry patientRegistry() {
        return image -> world.patience().retry(() -> registry.resolve(image));
    }

    History history() {
        return new History(state.releases(), state.rollouts());
    }

    void note(String text) {
        world.events().emit(new RolloutEvent.Note(world.time().now(), text));
    }

    void finished(Receipt receipt) {
        world.events().emit(new RolloutEvent.Finished(world.time().now(), receipt));
    }

    /** Ends a rollout: remembers how, and keeps and emits the receipt. */
    Receipt end(StateStore.Lock lock, RolloutRecord rollout, RolloutRecord.Outcome outcome, Receipt receipt) {
        boolean keeps = outcome == RolloutRecord.Outcome.DONE
                && rollout.from().isPresent()
                && rollout.kind() != RolloutRecord.Kind.SCALE;
        Optional<Instant> keepUntil = Optional.of(
                        world.time().now().plus(app.rollout().keepPrevious()))
                .filter(until -> keeps);
        try {
            state.save(lock, receipt);
            state.save(lock, rollout.ended(outcome, keepUntil));
        } catch (Failure e) {
            requireStillLocked(e);
            note("The state store did not take how it ended (" + e.diagnostic().summary()
                    + "); run the command again when it answers, and it is made up for.");
        }
        finished(receipt);
        return receipt;
    }

    /** What was done is done; but when another deployer has the lock, who knows what the world is like now. */
    private static void requireStillLocked(Failure failure) {
        if (failure.diagnostic().code().equals(StateStore.LOCK_LOST)) {
            throw Failure.needsPerson(failure.diagnostic());
        }
    }

    /** Remembers that a rollout begins. */
    void begin(StateStore.Lock lock, Release release, RolloutRecord rollout) {
        state.save(lock, release);
        state.save(lock, rollout);
    }

    void started(RolloutRecord rollout, Plan plan) {
        world.events().emit(new RolloutEvent.Started(world.time().now(), rollout, plan));
    }

    /** How a rollout ended, given which outcome of its receipt is the good one. */
    static RolloutRecord.Outcome outcome(Receipt receipt, Receipt.Outcome good) {
        if (receipt.outcome() == good) {
            return RolloutRecord.Outcome.DONE;
        }
        return switch (receipt.outcome()) {
            case FAILED -> RolloutRecord.Outcome.FAILED;
            case PAUSED -> RolloutRecord.Outcome.PAUSED;
            default -> RolloutRecord.Outcome.ROLLED_BACK;
        };
    }

    /** The outcome of a receipt that says that what was asked for is done. */
    static Receipt.Outcome good(RolloutRecord.Kind kind) {
        return switch (kind) {
            case DEPLOY -> Receipt.Outcome.DEPLOYED;
            case ROLLBACK -> Receipt.Outcome.ROLLED_BACK;
            case SCALE -> Receipt.Outcome.SCALED;
        };
    }

    List<RegionName> regionNames() {
        return app.regions().stream().map(Region::name).toList();
    }
}
