package org.meridian.core.rollout;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.model.ServerName;

/**
 * The servers that this rollout had made or started, as they were found missing just before; a plan is older than that, and a
 * server can die meanwhile.
 */
final class NewServers {
    private final Set<ServerName> made = ConcurrentHashMap.newKeySet();
    private final Set<ServerName> working = ConcurrentHashMap.newKeySet();

    /** Notes what is about to be made. */
    void add(Collection<ServerName> servers) {
        made.addAll(servers);
    }

    /** Notes that workers or jobs may run there from now on. */
    void work(Collection<ServerName> servers) {
        working.addAll(servers);
    }

    boolean contains(ServerName server) {
        return made.contains(server);
    }

    /** Whether it was made and was never asked to start workers or jobs. */
    boolean idle(ServerName server) {
        return made.contains(server) && !working.contains(server);
    }
}
