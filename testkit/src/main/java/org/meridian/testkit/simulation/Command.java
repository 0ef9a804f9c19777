package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.Answer;

/** What a person does in a simulation. */
public sealed interface Command {
    /**
     * Deploys a version of the app.
     *
     * @param version the image's version
     * @param regions the regions by their place; none for all
     * @param abandon whether an interrupted rollout of another release is undone first
     */
    record Deploy(int version, List<Integer> regions, boolean abandon) implements Command {}

    /**
     * Rolls back.
     *
     * @param to the release's number; empty for the one before
     */
    record RollBack(Optional<Integer> to) implements Command {}

    /**
     * Scales.
     *
     * @param servers the wanted number of each region by its place; none for what the configuration says
     */
    record Scale(Map<Integer, Integer> servers) implements Command {}

    /**
     * Writes another number of servers into the configuration, and nothing else.
     *
     * @param servers the wanted number of each region by its place
     */
    record Edit(Map<Integer, Integer> servers) implements Command {}

    /** Retires what was kept for long enough. */
    record Retire() implements Command {}

    /**
     * Does something with a service that keeps data.
     *
     * @param service the service
     * @param what    what
     */
    record Accessory(String service, What what) implements Command {
        /** What a person may do with it. */
        public enum What {
            /** Starts it again as it is. */
            RESTART,
            /** Makes it again with the same data. */
            UPGRADE,
            /** Removes it with its data. */
            REMOVE
        }
    }

    /** Looks. */
    record Status() implements Command {}

    /** Says something to the rollout under way. */
    record Say(Answer.Verdict verdict) implements Command {}

    /** Takes the lock away from whoever has it. */
    record BreakLock() implements Command {}

    /** Does nothing for a while. */
    record Rest(Duration howLong) implements Command {}
}
