package org.meridian.drivers.local;

import org.meridian.core.local.AvailableMemory;

/** How many local servers this machine can start at the same time without each being too slow for its time limits. */
final class StartBudget {
    /** A server with its own Docker Engine (about 200 MB) and an app of two processes while it loads; no exact figure. */
    private static final int SERVER_MB = 700;

    private StartBudget() {}

    /** 1 or greater. */
    static int startsAtOnce() {
        return startsAtOnce(Runtime.getRuntime().availableProcessors(), AvailableMemory.meminfo());
    }

    /** The same for so many processors and the text of proc_meminfo(5); without that, processors alone count. */
    static int startsAtOnce(int processors, String meminfo) {
        return Math.min(
                Math.max(1, processors),
                AvailableMemory.roomFor(SERVER_MB, meminfo).orElse(Integer.MAX_VALUE));
    }
}
