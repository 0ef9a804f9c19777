package org.meridian.drivers.haproxy;

import java.util.List;

/** Says which machines of an app have a proxy. */
@FunctionalInterface
public interface ProxySource {
    /** The proxies of all regions, in an order that stays; throws a Failure when that can't be found out. */
    List<Proxy> proxies() throws InterruptedException;
}
