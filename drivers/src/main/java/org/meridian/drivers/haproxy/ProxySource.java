package org.meridian.drivers.haproxy;

import java.util.List;

/** Says which machines of an app have a proxy. */
public interface ProxySource {
    /** The proxies of all regions, in an order that stays; throws a Failure when that can't be found out. */
    List<Proxy> proxies() throws InterruptedException;

    /** Addresses and ranges of what stands before them, whose word about the user is believed; throws a Failure as well. */
    List<String> before() throws InterruptedException;
}
