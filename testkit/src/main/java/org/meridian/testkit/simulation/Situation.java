package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import org.meridian.core.model.Region;
import org.meridian.core.model.ReleaseId;

/** What goes wrong during a deploy that is rehearsed. */
public enum Situation {
    /** Nothing does. */
    CALM,
    /** One of the new servers never answers. */
    SERVER_NEVER_BOOTS,
    /** One of the servers that serve, or one of the new ones, dies. */
    SERVER_DIES,
    /** A region is cut off for {@link #CUT_OFF}. */
    REGION_CUT_OFF,
    /** The new release's health check never answers well. */
    RELEASE_SICK,
    /** {@link #ERROR_PERCENT} in a hundred of the new release's pages fail, and its health check is well. */
    RELEASE_ERRORS,
    /** The edge does not answer for {@link #OUTAGE}: neither users nor Meridian. */
    EDGE_DOWN,
    /** The state store does not answer for {@link #OUTAGE}. */
    STORE_DOWN,
    /** The deployer is killed, and somebody deploys again a minute later. */
    DEPLOYER_KILLED;

    /** How long a region is cut off. */
    public static final Duration CUT_OFF = Duration.ofMinutes(5);
    /** How long the edge or the store does not answer. */
    public static final Duration OUTAGE = Duration.ofSeconds(30);
    /** How many of a bad release's pages fail. */
    public static final int ERROR_PERCENT = 5;

    private static final Duration NEVER = Duration.ofDays(1);

    /** Lets it loom over the deploy of a release, at a moment within the time that a deploy usually takes. */
    void bringAbout(
            SimulatedWorld world, Deployer deployer, ReleaseId release, Duration usual, SplittableRandom random) {
        Duration when = Duration.ofNanos(random.nextLong(Math.max(1, usual.toNanos())));
        Conditions conditions = world.conditions;
        int servers = world.servers.size();
        switch (this) {
            case CALM -> {}
            case SERVER_NEVER_BOOTS -> conditions.bootsSlowly(random.nextInt(servers), NEVER);
            case SERVER_DIES -> die(world, random.nextInt(servers), when, random.nextBoolean());
            case REGION_CUT_OFF -> conditions.cut(region(world, random).name(), when, CUT_OFF);
            case RELEASE_SICK -> world.neverHealthy(release);
            case RELEASE_ERRORS -> world.failsUnderTraffic(release, ERROR_PERCENT);
            case EDGE_DOWN -> conditions.edgeDown(when, OUTAGE);
            case STORE_DOWN -> conditions.storeDown(when, OUTAGE);
            case DEPLOYER_KILLED -> {
                FiberGroup ignored = world.scheduler.start(null, () -> {
                    world.scheduler.sleep(when);
                    deployer.kill();
                });
            }
        }
        world.pools.values().forEach(SimulatedPool::changed);
    }

    private static Region region(SimulatedWorld world, SplittableRandom random) {
        return world.app.regions().get(random.nextInt(world.app.regions().size()));
    }

    private static void die(SimulatedWorld world, int n, Duration when, boolean isNew) {
        if (isNew) {
            world.conditions.dies(n, when);
        } else {
            world.servers.values().stream()
                    .skip(n)
                    .findFirst()
                    .ifPresent(server -> server.die(world.scheduler.nanos() + when.toNanos()));
        }
    }
}
