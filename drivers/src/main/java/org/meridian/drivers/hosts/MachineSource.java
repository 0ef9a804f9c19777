package org.meridian.drivers.hosts;

import java.util.List;

/** Says which machines a region has. */
@FunctionalInterface
public interface MachineSource {
    /** The machines, in an order that stays; throws a Failure when that can't be found out. */
    List<Machine> machines() throws InterruptedException;
}
