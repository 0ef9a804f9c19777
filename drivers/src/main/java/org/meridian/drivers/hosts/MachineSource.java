package org.meridian.drivers.hosts;

import java.util.List;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;

/** Says which machines a region has. */
@FunctionalInterface
public interface MachineSource {
    /** The machines that one can log in to, in an order that stays; throws a Failure when that can't be found out. */
    List<Machine> machines() throws InterruptedException;

    /** Why others that are there can't be logged in to; empty where there are none. */
    default List<Diagnostic> outOfReach() throws InterruptedException {
        return List.of();
    }

    /** Makes so many, where machines can be made, and returns once one can log in to all of them. */
    default void grow(int wanted) throws InterruptedException {}

    /** Another number each time that the machines may have become others here; one that stays where they never do. */
    default int changes() {
        return 0;
    }

    /** Destroys those that are more than are wanted, where machines were made, but none of the occupied ones. */
    default void shrink(int wanted, Set<Machine> occupied) throws InterruptedException {}
}
