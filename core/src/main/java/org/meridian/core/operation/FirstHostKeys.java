package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.model.Act;
import org.meridian.core.model.HostKeyName;
import org.meridian.core.model.Server;
import org.meridian.core.spi.StateStore;

/**
 * Tells of servers' first host keys whether they have had their use. The journal has each placing of a release before it
 * happens, with the host key that the server was born with: from then on containers may have run there and read it.
 */
public final class FirstHostKeys {
    private final StateStore state;

    /** What this journal tells. */
    public FirstHostKeys(StateStore state) {
        this.state = requireNonNull(state, "state is null");
    }

    /** Whether something of the app may have run on the server's machine, or its first host key is not known. */
    public boolean spent(Server server) {
        Optional<String> key = server.hostKey().map(HostKeyName::of);
        return key.isEmpty()
                || state.rollouts().stream()
                        .filter(rollout ->
                                server.sharesMachine() || rollout.to().equals(server.release()))
                        .flatMap(rollout -> state.journal(rollout.number()).stream())
                        .anyMatch(entry -> entry.act().kind() == Act.Kind.PLACE
                                && (server.sharesMachine()
                                        || entry.act().server().equals(Optional.of(server.name())))
                                && entry.act().detail().contains(key.get()));
    }
}
