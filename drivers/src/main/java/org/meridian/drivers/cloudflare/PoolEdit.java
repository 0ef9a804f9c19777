package org.meridian.drivers.cloudflare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;

/**
 * How a pool's origins become what is wanted, worked out from what they are.
 *
 * <p>Cloudflare sends no request to an origin that it has not found healthy since it was enabled. So where origins come
 * back and others lose traffic, the first come back beside the others, and the others lose their traffic only then.
 */
final class PoolEdit {
    private final CloudflarePool now;
    private final List<CloudflareOrigin> wanted;

    private PoolEdit(CloudflarePool now, List<CloudflareOrigin> wanted) {
        this.now = now;
        this.wanted = wanted;
    }

    /** From a pool as it is to a target; throws a Failure where two origins have one address. */
    static PoolEdit of(CloudflarePool now, PoolTarget target) {
        List<CloudflareOrigin> wanted =
                target.origins().stream().map(origin -> become(now, origin)).toList();
        requireDistinct(target, wanted);
        return new PoolEdit(now, wanted);
    }

    /** The origins as they are to be. */
    List<CloudflareOrigin> wanted() {
        return wanted;
    }

    /**
     * Those that Cloudflare has to find healthy first: they were disabled; or they get more requests while others lose
     * some, and nobody knows their health yet.
     */
    List<CloudflareOrigin> coming(Predicate<CloudflareOrigin> unknown) {
        return wanted.stream()
                .filter(CloudflareOrigin::serving)
                .filter(origin -> before(origin.server())
                        .filter(was -> !was.enabled() || (rises(was, origin) && takesFromOthers() && unknown.test(was)))
                        .isPresent())
                .toList();
    }

    /** Whether any origin loses traffic. */
    boolean takesFromOthers() {
        return now.origins().stream()
                .filter(CloudflareOrigin::serving)
                .anyMatch(was -> after(was.server()).percent() < was.weight().percent());
    }

    /** All that are and all that are to be, each with the greater of its weights: nobody loses a user by it. */
    List<CloudflareOrigin> beside() {
        List<CloudflareOrigin> all = new ArrayList<>();
        for (CloudflareOrigin origin : wanted) {
            all.add(before(origin.server())
                    .filter(CloudflareOrigin::serving)
                    .filter(was -> was.weight().percent() > origin.weight().percent())
                    .map(was -> origin.with(was.weight()))
                    .orElse(origin));
        }
        now.origins().stream()
                .filter(was ->
                        wanted.stream().noneMatch(origin -> origin.server().equals(was.server())))
                .forEach(all::add);
        return all;
    }

    private static boolean rises(CloudflareOrigin was, CloudflareOrigin becomes) {
        return becomes.weight().percent() > was.weight().percent();
    }

    private static CloudflareOrigin become(CloudflarePool now, OriginTarget target) {
        Optional<CloudflareOrigin> was = now.origin(target.server());
        boolean enabled =
                target.weight().serving() || was.map(CloudflareOrigin::enabled).orElse(true);
        return new CloudflareOrigin(
                target.server(), OriginAddress.parse(target.address()), target.weight(), enabled, null);
    }

    private Optional<CloudflareOrigin> before(ServerName server) {
        return now.origin(server);
    }

    private Weight after(ServerName server) {
        return wanted.stream()
                .filter(origin -> origin.server().equals(server))
                .map(CloudflareOrigin::weight)
                .findFirst()
                .orElse(Weight.NONE);
    }

    /** "Within a single pool, each endpoint address must be unique", whatever the ports (documentation of pools). */
    private static void requireDistinct(PoolTarget target, List<CloudflareOrigin> origins) {
        Set<String> hosts = new HashSet<>();
        for (CloudflareOrigin origin : origins) {
            if (!hosts.add(origin.address().host())) {
                throw Failure.of(Diagnostic.of(
                        "cloudflare-same-address",
                        target.region() + ": two origins have the address "
                                + origin.address().host() + ", and Cloudflare takes each once in a pool",
                        "Give each release servers of its own in this region, or one name in DNS for each."));
            }
        }
    }
}
