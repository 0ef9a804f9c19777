package org.meridian.web;

import java.util.List;
import org.meridian.core.model.AuditEntry;

/** Who did what. */
public interface AuditLog {
    /** Adds an entry; throws {@link org.meridian.core.diagnostic.Failure} when it can't be kept. */
    void add(AuditEntry entry);

    /** The newest entries, newest first. */
    List<AuditEntry> newest(int most);
}
