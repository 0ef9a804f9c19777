package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;

/**
 * The host keys that servers of clouds have after the first contact. The one that they are born with comes with their user
 * data, which whatever runs there may read at the cloud's metadata address (DigitalOcean and EC2, "user data"), so it is
 * good for one thing: to hand over another, before anything of the app has run there.
 *
 * <p>That other is derived, as the first is, so that everybody who deploys knows it; it is in no user data.
 *
 * @param keys   derives them
 * @param inCloud whether a region's servers got their host key with their user data
 * @param spent  whether a server's first host key must not be accepted any more
 */
public record OwnHostKeys(DerivedHostKeys keys, Predicate<RegionName> inCloud, Predicate<Server> spent) {
    /** Checks that no part is null. */
    public OwnHostKeys {
        requireNonNull(keys, "keys is null");
        requireNonNull(inCloud, "inCloud is null");
        requireNonNull(spent, "spent is null");
    }

    /** The public key, in OpenSSH's form; empty for a server that keeps the one that it was born with. */
    Optional<String> publicKey(Server server) {
        return name(server).map(keys::publicKey);
    }

    /** The private key, for a server that may be given it over a connection that its first key proves. */
    Optional<Secret> toHandOver(Server server) {
        return name(server).filter(name -> !spent.test(server)).map(keys::privateKey);
    }

    /** Another for each first key, so that a server that is made again under its name has another too. */
    private Optional<String> name(Server server) {
        return server.seat().isEmpty() && inCloud.test(server.region())
                ? server.hostKey().map(first -> "own " + server.name() + " " + first)
                : Optional.empty();
    }
}
