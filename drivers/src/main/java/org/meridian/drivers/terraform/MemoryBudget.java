package org.meridian.drivers.terraform;

import org.meridian.core.local.AvailableMemory;

/** How many runs of Terraform this machine has room for: Terraform and the AWS provider take up to 750 MB together. */
public final class MemoryBudget {
    /** Measured with Terraform 1.11 and hashicorp/aws 5.100: 0.55 GB at rest, the same for 2 and for 100 servers. */
    private static final int RUN_MB = 750;

    private static final int MOST = 16;

    private MemoryBudget() {}

    /** From 1 to 16; 2 where the memory that is left can't be told. */
    public static int runsAtOnce() {
        return runsAtOnce(AvailableMemory.meminfo());
    }

    /** The same from the text of proc_meminfo(5). */
    static int runsAtOnce(String meminfo) {
        return Math.min(AvailableMemory.roomFor(RUN_MB, meminfo).orElse(2), MOST);
    }
}
