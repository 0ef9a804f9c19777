package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A machine that should exist.
 *
 * @param name     its name
 * @param lifetime how long it is wanted
 */
public record MachineSpec(MachineName name, Lifetime lifetime) {
    /** Checks that no part is null. */
    public MachineSpec {
        requireNonNull(name, "name is null");
        requireNonNull(lifetime, "lifetime is null");
    }

    /** The machine that a server has to itself, and that bears its name. */
    public static MachineSpec alone(ServerSpec server) {
        return new MachineSpec(
                new MachineName(server.name().value()), new Lifetime.Release(server.release(), server.revision()));
    }

    /** One that outlives releases. */
    public static MachineSpec staying(MachineName name) {
        return new MachineSpec(name, new Lifetime.Staying());
    }

    /** The server that has it to itself; empty for one that outlives releases. */
    public Optional<ServerSpec> server() {
        return lifetime instanceof Lifetime.Release(ReleaseId release, String revision)
                ? Optional.of(new ServerSpec(new ServerName(name.value()), release, revision))
                : Optional.empty();
    }

    /** How long a machine is wanted. */
    public sealed interface Lifetime {
        /**
         * As long as a release.
         *
         * @param release  the release
         * @param revision its fingerprint
         */
        record Release(ReleaseId release, String revision) implements Lifetime {
            /** Checks that no part is null. */
            public Release {
                requireNonNull(release, "release is null");
                requireNonNull(revision, "revision is null");
            }
        }

        /** Longer than any release. */
        record Staying() implements Lifetime {}
    }
}
