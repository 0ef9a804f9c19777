package org.meridian.testkit.simulation;

import java.time.Duration;

/** Something that goes wrong in a simulation; {@code step} is the place of the command with which it begins to loom. */
public sealed interface Fault {
    /** With which command of the script it begins to loom. */
    int step();

    /** Calls of one kind go wrong after some went well. */
    record Calls(int step, Effect effect, int after, int times, Trouble.How how, Duration hang) implements Fault {}

    /** The n-th server made from now boots slowly, or as good as never. */
    record SlowBoot(int step, int server, Duration longer) implements Fault {}

    /** The n-th server made from now dies so long after it was made. */
    record Death(int step, int server, Duration after) implements Fault {}

    /** One of the servers that are there dies after a while. */
    record LateDeath(int step, int server, Duration after) implements Fault {}

    /** A region is cut off for a while. */
    record Cut(int step, int region, Duration after, Duration howLong) implements Fault {}

    /** The edge does not answer for a while. */
    record EdgeDown(int step, Duration after, Duration howLong) implements Fault {}

    /** The edge's health checks of a region now fail and now do not. */
    record Flap(int step, int region, Duration after, Duration howLong) implements Fault {}

    /** The edge sees late what happens to servers. */
    record SlowEdge(int step, Duration sees) implements Fault {}

    /** One of the proxies restarts, and comes back as it was written last, or before that. */
    record ProxyRestart(int step, int machine, Duration after, boolean lost) implements Fault {}

    /** Nobody but users reaches a region's n-th machine for a while. */
    record MachineAway(int step, int region, int machine, Duration after, Duration howLong) implements Fault {}

    /** The store does not answer for a while. */
    record StoreDown(int step, Duration after, Duration howLong) implements Fault {}

    /** A version has a flaw. */
    record BadVersion(int step, int version, Kind kind, int percent) implements Fault {
        /** What is wrong with it. */
        public enum Kind {
            /** Its health check never answers well. */
            NEVER_HEALTHY,
            /** Some of its pages fail. */
            ERRORS,
            /** Its health check fails after some seconds, {@code percent} of them. */
            SICKENS,
            /** It answers slowly. */
            SLOW
        }
    }

    /** The command before the shift fails for flawed versions. */
    record BadCommand(int step) implements Fault {}

    /** The deployer of this step is killed at its n-th instant. */
    record Kill(int step, int instant) implements Fault {}

    /** The deployer of this step hangs for a while from about its n-th instant. */
    record Hang(int step, int instant, Duration howLong) implements Fault {}

    /** The deployers' wall clock jumps. */
    record ClockJump(int step, Duration by) implements Fault {}

    /** Looking at the world takes time. */
    record SlowLooks(int step, Duration each) implements Fault {}

    /** From then on one call in so many is slow or gets no answer. */
    record Busy(int step, int oneIn) implements Fault {}

    /** The deployer of this step has none of the keys of the others, on whose servers it may have to work. */
    record OwnKey(int step) implements Fault {}

    /** The store can't tell that a deployer died; only its lease's end tells. */
    record BlindStore(int step) implements Fault {}
}
