package org.meridian.drivers.cloudflare;

/** What Meridian makes at Cloudflare. */
enum Kind {
    /** Checks the health of a pool's origins; of an account. */
    MONITOR("monitor", Permission.MONITORS_AND_POOLS),
    /** A region's origins; of an account. */
    POOL("pool", Permission.MONITORS_AND_POOLS),
    /** The hostname, and which pools its users are sent to; of a zone. */
    BALANCER("load balancer", Permission.LOAD_BALANCERS);

    private final String word;
    private final Permission permission;

    Kind(String word, Permission permission) {
        this.word = word;
        this.permission = permission;
    }

    String word() {
        return word;
    }

    Permission permission() {
        return permission;
    }

    /** The path of all of them. */
    String path(Whereabouts where) {
        return switch (this) {
            case MONITOR -> where.inAccount() + "/monitors";
            case POOL -> where.inAccount() + "/pools";
            case BALANCER -> where.inZone() + "/load_balancers";
        };
    }
}
