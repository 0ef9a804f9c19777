package org.meridian.web;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meridian.core.model.AuditEntry;

/** An audit log in memory. */
final class FakeAudit implements AuditLog {
    private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

    @Override
    public void add(AuditEntry entry) {
        entries.add(entry);
    }

    @Override
    public List<AuditEntry> newest(int most) {
        return entries.reversed().stream().limit(most).toList();
    }

    /** What was done, oldest first. */
    List<String> actions() {
        return entries.stream().map(AuditEntry::action).toList();
    }
}
