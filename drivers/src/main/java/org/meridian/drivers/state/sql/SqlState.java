package org.meridian.drivers.state.sql;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Answer;
import org.meridian.core.model.AppName;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.StoreIdentity;
import org.meridian.core.spi.StateStore;
import org.meridian.drivers.state.Fence;
import org.meridian.drivers.state.GroupedAppends;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.StateJson;

/** Keeps state in a SQL database. Reading makes nothing; the tables come with the first write. */
public final class SqlState implements StateStore {
    /** The number of a record of which there is one. */
    private static final int ONLY = 0;

    private final SqlDatabase database;
    private final SqlTables tables;
    private final SqlAudit audit;
    private final SqlHostKeys hostKeys;
    private final SqlLocks locks;
    private final Map<Fence, GroupedAppends> appends = new ConcurrentHashMap<>();

    /** An app's state in this database, which this closes. */
    public SqlState(SqlDatabase database, AppName app) {
        this(database, app, LEASE);
    }

    /** The same with locks that live this long without being renewed. */
    public SqlState(SqlDatabase database, AppName app, Duration lease) {
        this.database = requireNonNull(database, "database is null");
        this.tables = new SqlTables(database, app);
        this.audit = new SqlAudit(database, app);
        this.hostKeys = new SqlHostKeys(database, app);
        this.locks = new SqlLocks(database, app, lease);
    }

    @Override
    public Lock lock(Holder holder, String claim) {
        database.create();
        HeldLock lock = new HeldLock(
                locks.take(requireNonNull(holder, "holder is null"), requireNonNull(claim, "claim is null")));
        identify(lock, holder);
        return lock;
    }

    private void identify(Lock lock, Holder holder) {
        try {
            if (tables.identity().isEmpty()) {
                save(lock, StoreIdentity.make(holder.who()));
            }
        } catch (Failure e) {
            closeAfter(e, lock);
            throw e;
        }
    }

    private static void closeAfter(Failure first, Lock lock) {
        try {
            lock.close();
        } catch (Failure e) {
            first.addSuppressed(e);
        }
    }

    @Override
    public Optional<Holder> holder() {
        return database.exists() ? locks.holder() : Optional.empty();
    }

    @Override
    public Optional<Holder> release() {
        return database.exists() ? locks.release() : Optional.empty();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return database.version() < SqlTables.IDENTITY_SINCE_VERSION
                ? Optional.empty()
                : tables.identity().map(text -> read(text, StoreIdentity.class));
    }

    @Override
    public void save(Lock lock, StoreIdentity identity) {
        Fence fence = Fence.of(lock);
        fenced(fence, tables.saveIdentity(fence, StateJson.write(identity)));
    }

    @Override
    public List<Release> releases() {
        return records(Release.class);
    }

    @Override
    public void save(Lock lock, Release release) {
        save(lock, release.id().number(), release);
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return records(RolloutRecord.class);
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        save(lock, rollout.number(), rollout);
    }

    @Override
    public List<Receipt> receipts() {
        return records(Receipt.class);
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        save(lock, receipt.rollout(), receipt);
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return database.exists() ? read(tables.journal(rollout), JournalEntry.class) : List.of();
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        if (!entries.isEmpty()) {
            appends.computeIfAbsent(Fence.of(lock), this::appendsOf).append(entries);
        }
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return database.exists() ? tables.answer(rollout).map(text -> read(text, Answer.class)) : Optional.empty();
    }

    @Override
    public void save(Answer answer) {
        database.create();
        tables.saveAnswer(answer.rollout(), StateJson.write(answer));
    }

    @Override
    public void audit(AuditEntry entry) {
        database.create();
        audit.add(entry);
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return database.version() < SqlAudit.SINCE_VERSION ? List.of() : read(audit.newest(most), AuditEntry.class);
    }

    @Override
    public Optional<HostKeyPin> hostKey(String machine) {
        return database.version() < SqlHostKeys.SINCE_VERSION
                ? Optional.empty()
                : hostKeys.of(machine).map(text -> read(text, HostKeyPin.class));
    }

    @Override
    public void save(HostKeyPin pin) {
        database.create();
        hostKeys.save(pin);
    }

    @Override
    public void forgetHostKey(String machine) {
        if (database.version() >= SqlHostKeys.SINCE_VERSION) {
            hostKeys.forget(machine);
        }
    }

    @Override
    public Optional<KeyRotation> keyRotation() {
        return records(KeyRotation.class).stream().findFirst();
    }

    @Override
    public void save(Lock lock, KeyRotation rotation) {
        save(lock, ONLY, rotation);
    }

    @Override
    public void clear(Lock lock) {
        Fence fence = Fence.of(lock);
        tables.clear(fence);
        // Claims never come back, so a lock that is held now was held all the time.
        fenced(fence, locks.held(fence));
    }

    @Override
    public void close() {
        database.close();
    }

    private <T> List<T> records(Class<T> type) {
        return database.exists() ? read(tables.records(type.getSimpleName()), type) : List.of();
    }

    private void save(Lock lock, int number, Object item) {
        String kind = item.getClass().getSimpleName();
        Fence fence = Fence.of(lock);
        fenced(fence, tables.save(fence, kind, number, StateJson.write(item)));
    }

    private GroupedAppends appendsOf(Fence fence) {
        return new GroupedAppends(entries -> {
            // No row is added where all entries are there already, too.
            fenced(fence, tables.append(fence, entries) > 0 || locks.held(fence));
        });
    }

    private static void fenced(Fence fence, boolean written) {
        if (!written) {
            throw StateFailures.lost(fence);
        }
    }

    private <T> List<T> read(List<String> texts, Class<T> type) {
        return texts.stream().map(text -> read(text, type)).toList();
    }

    private <T> T read(String text, Class<T> type) {
        return StateJson.read(database.toString(), text, type);
    }

    /** A lock as the port wants it. */
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
            fenced(fence, locks.renew(fence));
        }

        @Override
        public void close() {
            appends.remove(fence);
            locks.giveBack(fence);
        }
    }
}
