package org.meridian.drivers.cloudflare;

/** What a token has to allow, in the words of Cloudflare's page of API tokens. */
enum Permission {
    /** To find the zone and its account. */
    ZONE_READ("Zone > Zone > Read"),
    /** To look for a record that has the hostname. */
    DNS_READ("Zone > DNS > Read"),
    /** To make and remove records. */
    DNS_EDIT("Zone > DNS > Edit"),
    /** To make and change the load balancer. */
    LOAD_BALANCERS("Zone > Load Balancers > Edit"),
    /** To make and change monitors and pools. */
    MONITORS_AND_POOLS("Account > Load Balancing: Monitors and Pools > Edit"),
    /** Nothing: any token may ask. */
    NONE("");

    private final String words;

    Permission(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
