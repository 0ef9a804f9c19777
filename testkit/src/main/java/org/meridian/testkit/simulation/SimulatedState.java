package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.meridian.core.model.Act;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.model.StoreMark;
import org.meridian.core.spi.StateStore;

/** What is remembered, in memory; deployers reach it through a {@link SimulatedStore} each. */
final class SimulatedState {
    final List<Release> releases = new ArrayList<>();
    final List<RolloutRecord> rollouts = new ArrayList<>();
    final List<Receipt> receipts = new ArrayList<>();
    final Set<AuditEntry> audit = new LinkedHashSet<>();
    final Map<Integer, Answer> answers = new HashMap<>();
    final Map<String, HostKeyPin> hostKeys = new HashMap<>();
    Optional<KeyRotation> rotation = Optional.empty();
    private final Map<Integer, Set<JournalEntry>> journal = new HashMap<>();
    private final List<JournalEntry> open = new ArrayList<>();
    private StateStore.@Nullable Holder holder;
    private @Nullable Deployer deployer;
    private @Nullable Deployer last;
    private long leaseEnds;
    private long token;
    private String claim = "";
    private final int number;
    private Optional<StoreIdentity> identity = Optional.empty();

    /** One that is unlike those with other numbers. */
    SimulatedState(int number) {
        this.number = number;
    }

    /** What tells this state from others'; made with the first lock. */
    Optional<StoreIdentity> identity() {
        return identity;
    }

    void identify(StoreIdentity as) {
        identity = Optional.of(as);
    }

    /** Gives the lock to a deployer. */
    Fence take(StateStore.Holder newHolder, String newClaim, Deployer newDeployer, long until) {
        claim = newClaim;
        holder = newHolder;
        deployer = newDeployer;
        last = newDeployer;
        leaseEnds = until;
        identity = Optional.of(identity.orElseGet(
                () -> new StoreIdentity(new StoreMark(new UUID(0, number), newHolder.who()), Set.of())));
        token++;
        return fence();
    }

    /** Whether the lock is held by this claim. */
    boolean claimed(String theirs) {
        return holder != null && claim.equals(theirs);
    }

    /** What a write bears while the lock is held. */
    Fence fence() {
        return new Fence(token, claim);
    }

    void renew(long until) {
        leaseEnds = until;
    }

    void unlock() {
        holder = null;
        deployer = null;
    }

    /** Who holds the lock at that time, as far as the store can tell. */
    Optional<StateStore.Holder> holder(long at, boolean seesDeath) {
        boolean gone = deployer != null && deployer.dead() && seesDeath;
        boolean over = at >= leaseEnds;
        return Optional.ofNullable(holder).filter(known -> known.kept() || !(gone || over));
    }

    boolean current(Fence theirs) {
        return holder != null && theirs.equals(fence());
    }

    /** What every write bears. */
    record Fence(long token, String claim) {}

    /** Whether a deployer is the last that was given the lock and nobody took it away; its lease may be over. */
    boolean holds(Deployer acting) {
        return holder != null && deployer == acting;
    }

    /** Whether nobody was given the lock after a deployer, though it may have been taken away from it. */
    boolean heldLast(Deployer acting) {
        return last == acting;
    }

    void append(List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            boolean isNew = journal.computeIfAbsent(entry.rollout(), number -> new LinkedHashSet<>())
                    .add(entry);
            if (isNew && entry.state() == JournalEntry.State.INTENDED) {
                open.add(entry);
            } else {
                open.removeIf(intent -> same(intent, entry));
            }
        }
    }

    private static boolean same(JournalEntry intent, JournalEntry end) {
        return intent.number() == end.number() && intent.token() == end.token() && intent.rollout() == end.rollout();
    }

    /** Whether the journal says, under the present lock, that this is about to happen. */
    boolean intends(Act.Kind kind, RegionName region, @Nullable ServerName server) {
        for (JournalEntry intent : open) {
            Act act = intent.act();
            if (intent.token() == token
                    && act.kind() == kind
                    && act.region().map(region::equals).orElse(true)
                    && act.server().map(name -> name.equals(server)).orElse(true)) {
                return true;
            }
        }
        return false;
    }

    /** Intents of the present lock that have no end. */
    List<JournalEntry> unended() {
        return open.stream().filter(intent -> intent.token() == token).toList();
    }

    List<JournalEntry> journal(int rollout) {
        return List.copyOf(journal.getOrDefault(rollout, Set.of()));
    }

    List<JournalEntry> journal() {
        return journal.values().stream().flatMap(Set::stream).toList();
    }

    void save(Release release) {
        releases.removeIf(known -> known.id().equals(release.id()));
        releases.add(release);
    }

    void save(RolloutRecord rollout) {
        rollouts.removeIf(known -> known.number() == rollout.number());
        rollouts.add(rollout);
    }

    void clear() {
        journal.clear();
        open.clear();
        answers.clear();
        hostKeys.clear();
        rotation = Optional.empty();
        releases.clear();
        rollouts.clear();
        receipts.clear();
    }
}
