package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * How what an app has in a HAProxy is named. Several apps may share one: no other app's names begin as this one's do, since a dot
 * is in no app's name.
 *
 * @param prefix    how each name of the app begins
 * @param standings the file of the map of standings, by which the Runtime API names the map
 */
record PoolNames(String prefix, String standings) {
    /** The server in each pool that stands for the other pools; no origin has this name. */
    static final String ELSEWHERE = "elsewhere";

    /** Of an earlier version, in which a HAProxy was one app's alone. */
    static final PoolNames ALONE = new PoolNames("", EdgeFiles.DIRECTORY + "draining.map");

    private static final String POOL = "pool-";
    private static final String FINGERPRINT = "meridian-";

    PoolNames {
        requireNonNull(prefix, "prefix is null");
        requireNonNull(standings, "standings is null");
    }

    static PoolNames of(AppName app) {
        return new PoolNames(app + ".", EdgeFiles.standings(app));
    }

    /** Whether it is of an earlier version. */
    boolean alone() {
        return equals(ALONE);
    }

    /** The app's own name for something that has this name with each app. */
    String of(String name) {
        return prefix + name;
    }

    String pool(RegionName region) {
        return of(POOL + region);
    }

    /** An origin as the Runtime API names it. */
    String origin(RegionName region, ServerName server) {
        return pool(region) + "/" + server;
    }

    /** The socket, and the frontend, of what a backend can't take. */
    String after(String backend) {
        return of("after-" + backend.substring(prefix.length()));
    }

    /** The backend that says which configuration runs. */
    String fingerprint(String hash) {
        return of(FINGERPRINT + hash);
    }

    /** Whether a backend says which configuration runs. */
    boolean isFingerprint(String backend) {
        return backend.startsWith(of(FINGERPRINT));
    }

    /** Whether a backend is a pool of the app, not one of those that lie behind the pools. */
    boolean isPool(String backend) {
        return backend.startsWith(of(POOL));
    }

    /** The region of a pool; throws IllegalArgumentException when it is not named after one. */
    RegionName region(String pool) {
        if (!isPool(pool)) {
            throw new IllegalArgumentException("'" + pool + "' is no pool of the app");
        }
        return new RegionName(pool.substring(of(POOL).length()));
    }
}
