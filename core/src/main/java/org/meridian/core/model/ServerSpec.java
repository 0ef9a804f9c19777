package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * A server that should exist.
 *
 * @param name     its name
 * @param release  the release it is made for
 * @param revision that release's fingerprint
 */
public record ServerSpec(ServerName name, ReleaseId release, String revision) {
    /** Checks that no part is null. */
    public ServerSpec {
        requireNonNull(name, "name is null");
        requireNonNull(release, "release is null");
        requireNonNull(revision, "revision is null");
    }

    /** The spec that an existing server fulfils. */
    public static ServerSpec of(Server server) {
        return new ServerSpec(server.name(), server.release(), server.revision());
    }
}
