package org.meridian.core.spi;

import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;

/** Looks at what servers do beside answering requests. */
@FunctionalInterface
public interface DutyAccess {
    /**
     * The server's workers and jobs, in one look that takes one command there. Throws
     * {@link org.meridian.core.diagnostic.Failure} with the server's name in it when it fails.
     */
    ServerDuties look(Server server) throws InterruptedException;
}
