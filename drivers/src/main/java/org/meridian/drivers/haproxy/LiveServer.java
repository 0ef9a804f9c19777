package org.meridian.drivers.haproxy;

import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/**
 * A server as the running HAProxy counts it (HAProxy 3.0 management guide, 9.1, CSV format).
 *
 * @param pool    its backend
 * @param name    its name
 * @param address host and port
 * @param weight  0 to 256
 * @param leaving whether it is in maintenance: on its way out of the pool
 * @param health  what its checks say
 * @param current requests that it is answering
 */
record LiveServer(
        String pool, ServerName name, String address, int weight, boolean leaving, Health health, int current) {
    private static final int FULL = 256;

    /** Checks that the numbers can be. */
    LiveServer {
        if (weight < 0 || weight > FULL || current < 0) {
            throw new IllegalArgumentException(
                    "a weight of " + weight + " and " + current + " requests can't be those of " + name);
        }
    }

    /** The server in a row of the statistics. */
    static LiveServer of(StatRow row) {
        return new LiveServer(
                row.get("pxname"),
                new ServerName(row.get("svname")),
                row.get("addr"),
                row.number("uweight"),
                row.get("status").startsWith("MAINT"),
                health(row.get("status"), row.get("check_status")),
                row.number("scur"));
    }

    /** HAProxy's weight for a share in percent: the finest steps it has, so that 1 percent is not 0. */
    static int weight(Weight share) {
        return (int) Math.round(share.percent() * (double) FULL / 100);
    }

    /** This server as the model has it. */
    Origin origin(boolean draining) {
        return new Origin(name, address, share(weight), draining, health, current);
    }

    /** The share in percent for one of HAProxy's weights. */
    static Weight share(int weight) {
        return new Weight((int) Math.round(weight * 100.0 / FULL));
    }

    /** A star marks a check under way; INI is before the first one ended. DRAIN is up with weight 0. */
    private static Health health(String status, String checked) {
        String check = checked.replace("*", "").strip();
        if (check.isEmpty() || check.equals("INI") || check.equals("UNK")) {
            return Health.UNKNOWN;
        }
        return status.startsWith("UP") || status.startsWith("DRAIN") ? Health.HEALTHY : Health.UNHEALTHY;
    }
}
