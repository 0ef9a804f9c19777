package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.probe.HttpProber.Entrances;

/**
 * What lies between users and servers.
 *
 * @param driver    steers users
 * @param counts    what it counts of each server
 * @param entrances where users come in
 * @param edges     machines of the edge that are reached over SSH; the app's own are not among them
 */
record TrafficParts(TrafficDriver driver, MetricSource counts, Entrances entrances, List<EdgeMachine> edges) {
    TrafficParts {
        requireNonNull(driver, "driver is null");
        requireNonNull(counts, "counts is null");
        requireNonNull(entrances, "entrances is null");
        edges = List.copyOf(edges);
    }

    /** With one address for everybody. */
    TrafficParts(TrafficDriver driver, MetricSource counts, List<EdgeMachine> edges) {
        this(driver, counts, region -> List.of(driver.address()), edges);
    }
}
