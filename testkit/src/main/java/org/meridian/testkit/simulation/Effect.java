package org.meridian.testkit.simulation;

import java.util.Optional;
import org.meridian.core.model.Act;

/** What a deployer can do to the world or ask of it; each can fail or hang. */
public enum Effect {
    /** A server is made. */
    CREATE(Act.Kind.CONVERGE),
    /** A server is destroyed. */
    DESTROY(Act.Kind.CONVERGE),
    /** A release's files go to a server. */
    PLACE(Act.Kind.PLACE),
    /** A server pulls images. */
    PULL(Act.Kind.PULL),
    /** A server starts a release. */
    START(Act.Kind.START),
    /** A command runs on a server. */
    RUN(Act.Kind.RUN_ONCE),
    /** A server starts a release's workers. */
    START_WORKERS(Act.Kind.START_WORKERS),
    /** A server's workers are told to end. */
    END_WORKERS(Act.Kind.END_WORKERS),
    /** A server runs a release's jobs by schedule. */
    START_JOBS(Act.Kind.START_JOBS),
    /** A server runs jobs by schedule no longer. */
    END_JOBS(Act.Kind.END_JOBS),
    /** A machine boots again. */
    REBOOT(Act.Kind.REBOOT),
    /** A machine is destroyed with what is on it. */
    DISCARD(Act.Kind.DISCARD),
    /** The edge is prepared. */
    EDGE(Act.Kind.PREPARE_EDGE),
    /** A pool changes. */
    APPLY(Act.Kind.SET_POOL),
    /** Origins leave traffic. */
    DRAIN(Act.Kind.DRAIN),
    /** The provider is asked for its servers. */
    SERVERS(null),
    /** The edge is asked for its pools. */
    POOLS(null),
    /** A server is asked for its health. */
    HEALTH(null),
    /** The edge's counters are read. */
    METRICS(null),
    /** Something is written to the store. */
    WRITE(null),
    /** Something is read from the store. */
    READ(null),
    /** Services that keep data start on a machine where they are not there. */
    KEEP(Act.Kind.KEEP),
    /** A person's command starts, replaces or removes a service that keeps data. */
    ACCESSORY(null);

    private final Optional<Act.Kind> act;

    Effect(Act.@org.jspecify.annotations.Nullable Kind act) {
        this.act = Optional.ofNullable(act);
    }

    /** What the journal calls it; empty when it changes nothing but what is remembered. */
    Optional<Act.Kind> act() {
        return act;
    }
}
