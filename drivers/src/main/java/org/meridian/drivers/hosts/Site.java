package org.meridian.drivers.hosts;

import static java.util.Objects.requireNonNull;

/**
 * A region's machines and the ports that releases may have on them.
 *
 * @param source    says which machines
 * @param firstPort the first port
 * @param lastPort  the last one
 */
public record Site(MachineSource source, int firstPort, int lastPort) {
    /** Checks the ports. */
    public Site {
        requireNonNull(source, "source is null");
        if (firstPort < 1 || lastPort > 65_535 || firstPort > lastPort) {
            throw new IllegalArgumentException("no ports from " + firstPort + " to " + lastPort);
        }
    }
}
