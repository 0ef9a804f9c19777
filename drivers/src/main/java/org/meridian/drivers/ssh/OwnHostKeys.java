package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.core.model.HostKeyPin;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;

/**
 * The host keys that servers of clouds have after the first contact. The one that they are born with comes with their user
 * data, which whatever runs there may read at the cloud's metadata address (DigitalOcean and EC2, "user data"), so it is
 * good for one thing: to hand over another, before anything of the app has run there.
 *
 * <p>That other is derived, as the first is, so that everybody who deploys knows it; it is in no user data. It is pinned
 * besides before it is handed over, for a server outlives the deploy key that its own was derived from.
 *
 * @param keys   derives them
 * @param inCloud whether a server got its host key with its user data
 * @param spent  whether a server's first host key must not be accepted any more
 * @param pins   what all who deploy share
 */
public record OwnHostKeys(DerivedHostKeys keys, Predicate<Server> inCloud, Predicate<Server> spent, HostKeyPins pins) {
    /** Checks that no part is null. */
    public OwnHostKeys {
        requireNonNull(keys, "keys is null");
        requireNonNull(inCloud, "inCloud is null");
        requireNonNull(spent, "spent is null");
        requireNonNull(pins, "pins is null");
    }

    /** The public key, in OpenSSH's form; empty for a server that keeps the one that it was born with. */
    Optional<String> publicKey(Server server) {
        return name(server).map(name -> pinned(server).orElseGet(() -> keys.publicKey(name)));
    }

    private Optional<String> pinned(Server server) {
        return pins.of(server.machine().name().value())
                .filter(pin -> pin.bornWith().equals(server.hostKey()))
                .map(HostKeyPin::key);
    }

    /**
     * The private key, for a server that may be given it over a connection that its first key proves; what is derived by
     * now, whatever was pinned before.
     */
    Optional<Secret> toHandOver(Server server) {
        Optional<String> name = name(server).filter(own -> !spent.test(server));
        name.map(keys::publicKey).ifPresent(key -> pins.keep(pin(server, key)));
        return name.map(keys::privateKey);
    }

    /** Pins what a server has proved that was given its key before there were pins. */
    void proved(Server server) {
        publicKey(server)
                .filter(key -> !pinned(server).equals(Optional.of(key)))
                .ifPresent(key -> pins.keep(pin(server, key)));
    }

    /** A server that is gone needs none. */
    void forget(ServerName server) {
        pins.forget(server.value());
    }

    private static HostKeyPin pin(Server server, String key) {
        return new HostKeyPin(server.machine().name().value(), key, server.hostKey());
    }

    /** Another for each first key, so that a server that is made again under its name has another too. */
    private Optional<String> name(Server server) {
        return server.machine().listed().isEmpty() && inCloud.test(server)
                ? server.hostKey().map(first -> "own " + server.machine().name() + " " + first)
                : Optional.empty();
    }
}
