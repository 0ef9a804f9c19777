package org.meridian.core.operation;

import java.util.Collection;
import java.util.Locale;
import org.meridian.core.model.AuditEntry;

/** Writes down what is done to the app, before it is done: what can't be written down does not happen. */
final class Audit {
    private final Workspace workspace;

    Audit(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Writes an act down; throws a Failure when the store does not take it.
     *
     * @param action what kind of act
     * @param where  servers or regions; empty for the whole app
     * @param what   the details for a person
     */
    void write(String action, Collection<?> where, String what) {
        workspace
                .state()
                .audit(new AuditEntry(
                        workspace.world().time().now(),
                        workspace.who(),
                        action,
                        where.stream().map(Object::toString).toList(),
                        what));
    }

    /** A constant as an action, such as {@code rollback}. */
    static String action(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
