package org.meridian.web.api;

import java.util.List;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Time;
import org.meridian.web.security.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what visitors do. */
public final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

    private final StateStore log;
    private final Time time;
    private final String process;

    /** Writes into the workspace's audit log. */
    public Acts(Workspace workspace) {
        this.log = workspace.state();
        this.time = workspace.world().time();
        this.process = workspace.who();
    }

    /** Whom the lock and the log show for what a visitor does: the process that does it, and for whom. */
    String who(Visitor visitor) {
        return process + " for " + visitor.who();
    }

    /** Writes an act down before it happens; throws a Failure, so that nothing happens, when that does not work. */
    void write(Visitor visitor, String action, List<String> where, String what) {
        log.audit(new AuditEntry(time.now(), who(visitor), action, where, what));
    }

    /** Writes something down that has happened anyway. */
    void note(Visitor visitor, String action, List<String> where, String what) {
        note(who(visitor), action, where, what);
    }

    /** Writes down that somebody was refused. */
    public void refused(String who, String action, String why) {
        note(process + " for " + who, action, List.of(), why);
    }

    private void note(String who, String action, List<String> where, String what) {
        try {
            log.audit(new AuditEntry(time.now(), who, action, where, what));
        } catch (Failure e) {
            LOG.warn(
                    "the audit log did not take '{}' of {}: {}",
                    action,
                    who,
                    e.diagnostic().summary());
        }
    }
}
