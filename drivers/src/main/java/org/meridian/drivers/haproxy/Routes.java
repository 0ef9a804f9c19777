package org.meridian.drivers.haproxy;

import java.util.List;
import org.meridian.core.model.RegionName;

/** Which way requests take through a HAProxy, and what it knows of those who send them. */
interface Routes {
    /** The regions that always have a pool here. */
    List<RegionName> pools();

    /** The backend for a request of which nothing is known. */
    String first();

    /** Addresses and ranges of what begins each connection with the PROXY protocol. */
    List<String> senders();

    /** A pool's lines that say who the user is to the app. */
    String client();

    /** A frontend's lines that set the order in which backends are tried. */
    String order();

    /** The cookie that names the origin of a user's session: an edge's and a proxy's behind it must not be the same. */
    String cookie();

    /** What a check of an origin says beside what each check says, as HAProxy's keywords. */
    String check();

    /** The map from a country to the order for users there; empty where countries don't matter. */
    String countries();

    /** The frontends and backends of what lies behind the pools; empty where there is nothing more. */
    String beyond();
}
