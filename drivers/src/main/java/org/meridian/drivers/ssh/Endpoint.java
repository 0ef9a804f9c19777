package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A machine and all that is needed to log in to it.
 *
 * @param name  how people know it
 * @param host  its name or address, as the machine that connects to it resolves it
 * @param port  the port of sshd
 * @param user  who logs in
 * @param login with what
 * @param trust how its host key is known
 * @param via   the machine to go through; empty for straight there
 */
record Endpoint(String name, String host, int port, String user, Login login, Trust trust, Optional<Endpoint> via) {
    static final int SSH_PORT = 22;

    Endpoint {
        requireNonNull(name, "name is null");
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(login, "login is null");
        requireNonNull(trust, "trust is null");
        requireNonNull(via, "via is null");
    }

    /** The same with another login. */
    Endpoint with(Login other) {
        return new Endpoint(name, host, port, user, other, trust, via);
    }

    /** Whether commands run as root without sudo. */
    boolean root() {
        return user.equals("root");
    }

    /** The name with the address and the way there, for people. */
    String where() {
        String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        String shown = name.equals(host) || name.equals(address) ? address : name + " at " + address;
        return shown + via.map(hop -> " through " + hop.name()).orElse("");
    }
}
