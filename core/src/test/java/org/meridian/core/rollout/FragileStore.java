package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** A store that keeps a journal, and that a test makes fail. */
final class FragileStore implements StateStore {
    final List<JournalEntry> journal = new ArrayList<>();
    Optional<String> failing = Optional.empty();
    int renewals;
    int appends;

    void fails(String code) {
        failing = Optional.of(code);
    }

    void works() {
        failing = Optional.empty();
    }

    private void check() {
        failing.ifPresent(code -> {
            Diagnostic why = Diagnostic.of(code, "the store fails with " + code, "Nothing: a test wants it so.");
            throw code.equals(UNREACHABLE) ? Failure.noAnswer(why) : Failure.of(why);
        });
    }

    @Override
    public Lock lock(Holder holder, String claim) {
        check();
        return new Lock() {
            @Override
            public long token() {
                return 7;
            }

            @Override
            public String claim() {
                return "seven";
            }

            @Override
            public void renew() {
                check();
                renewals++;
            }

            @Override
            public void close() {
                // Nothing is kept.
            }
        };
    }

    @Override
    public void append(Lock lock, List<JournalEntry> entries) {
        appends++;
        check();
        journal.addAll(entries);
    }

    @Override
    public List<JournalEntry> journal(int rollout) {
        return journal;
    }

    @Override
    public Optional<Holder> holder() {
        return Optional.empty();
    }

    @Override
    public Optional<Holder> release() {
        return Optional.empty();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return Optional.empty();
    }

    @Override
    public void save(Lock lock, StoreIdentity identity) {
        check();
    }

    @Override
    public List<Release> releases() {
        return List.of();
    }

    @Override
    public void save(Lock lock, Release release) {
        check();
    }

    @Override
    public List<RolloutRecord> rollouts() {
        return List.of();
    }

    @Override
    public void save(Lock lock, RolloutRecord rollout) {
        check();
    }

    @Override
    public Optional<Answer> answer(int rollout) {
        return Optional.empty();
    }

    @Override
    public void save(Answer answer) {
        check();
    }

    @Override
    public List<Receipt> receipts() {
        return List.of();
    }

    @Override
    public void save(Lock lock, Receipt receipt) {
        check();
    }

    @Override
    public void audit(AuditEntry entry) {
        check();
    }

    @Override
    public List<AuditEntry> audit(int most) {
        return List.of();
    }

    @Override
    public Optional<HostKeyPin> hostKey(String machine) {
        return Optional.empty();
    }

    @Override
    public void save(HostKeyPin pin) {
        check();
    }

    @Override
    public void forgetHostKey(String machine) {
        check();
    }

    @Override
    public Optional<KeyRotation> keyRotation() {
        return Optional.empty();
    }

    @Override
    public void save(Lock lock, KeyRotation rotation) {
        check();
    }

    @Override
    public void clear(Lock lock) {
        journal.clear();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
