package org.meridian.core.operation;

import org.meridian.core.rollout.Lease;
import org.meridian.core.rollout.Ledger;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.StateStore;

/** A deployer's turn to act: it holds the lock, and what it does is in the journal. */
final class Turn implements AutoCloseable {
    private final Workspace workspace;
    private final Lease lease;

    private Turn(Workspace workspace, Lease lease) {
        this.workspace = workspace;
        this.lease = lease;
    }

    /** Takes the lock for a command; throws a Failure of kind LOCKED when somebody else has it. */
    static Turn take(Workspace workspace, String command) throws InterruptedException {
        World world = workspace.world();
        return new Turn(workspace, Lease.hold(() -> workspace.lock(command), world.time(), world.tasks()));
    }

    /** The lock, for writes to the store. */
    StateStore.Lock lock() {
        return lease.lock();
    }

    /** The ledger of a rollout. */
    Ledger ledger(int rollout) {
        return new Ledger(
                workspace.state(),
                lease,
                rollout,
                workspace.world().time(),
                workspace.world().events());
    }

    /** The workspace for acts that belong to no rollout. */
    Workspace outside() {
        return workspace.endingUnder(ledger(0));
    }

    @Override
    public void close() {
        lease.close();
    }
}
