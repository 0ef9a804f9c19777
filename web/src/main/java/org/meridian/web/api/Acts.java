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
    private final RefusalLog often;

    /** Writes into the workspace's audit log. */
    public Acts(Workspace workspace) {
        this.log = workspace.state();
        this.time = workspace.world().time();
        this.process = workspace.who();
        this.often = new RefusalLog(time, entry -> note(process + " for " + entry.who(), entry.action(), entry.what()));
    }

    /** Whom the lock and the log show for what a visitor does: the process that does it, and for whom. */
    String who(Visitor visitor) {
        return process + " for " + visitor.who();
    }

    /** Writes an act down before it happens; throws a Failure, so that nothing happens, when that does not work. */
    void write(Visitor visitor, String action, List<String> where, String what) {
        log.audit(new AuditEntry(time.now(), who(visitor), action, where, what));
    }

    /** Writes down that somebody logged in; often within a minute it is counted. */
    void loggedIn(Visitor visitor) {
        often.add(new RefusalLog.Entry(visitor.who(), "login", visitor.role().written()));
    }

    /** Writes down that somebody was refused; often within a minute it is counted. */
    public void refused(String who, String action, String why) {
        often.add(new RefusalLog.Entry(who, action, why));
    }

    /** Writes down what was only counted so far. */
    public void settle() {
        often.settle();
    }

    private void note(String who, String action, String what) {
        try {
            log.audit(new AuditEntry(time.now(), who, action, List.of(), what));
        } catch (Failure e) {
            LOG.warn(
                    "the audit log did not take '{}' of {}: {}",
                    action,
                    who,
                    e.diagnostic().summary());
        }
    }
}
