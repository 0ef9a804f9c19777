package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.RegionName;

/**
 * Which machines are meant, and what may happen meanwhile.
 *
 * @param names    names of machines, their addresses, or names of servers on them; none for all
 * @param region   only those in this region; empty for every region
 * @param downtime whether it is done even if nobody else can answer users meanwhile
 */
public record MachineRequest(List<String> names, Optional<RegionName> region, boolean downtime) {
    /** Copies the names. */
    public MachineRequest {
        names = List.copyOf(names);
        requireNonNull(region, "region is null");
    }
}
