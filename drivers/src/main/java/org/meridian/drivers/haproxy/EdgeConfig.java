package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.ServerName;

/** Renders an app's part of what HAProxy reads when it starts (each keyword: HAProxy 3.0 configuration manual). */
final class EdgeConfig {
    private static final Template PART = Template.of("part.cfg");
    private static final Template AFFINITY = Template.of("affinity.cfg");
    private static final Template STAY = Template.of("stay.cfg");
    private static final Template POOL = Template.of("pool.cfg");
    private static final Template TIMING = Template.of("timing.cfg");

    /** What a backend needs for answers that take long; HAProxy reads what its version knows. */
    static final Template PATIENCE = Template.of("patience.cfg");

    private static final Duration QUICKEST = Duration.ofMillis(100);

    /** What can stand in single quotes, or as a cookie's name (RFC 6265). */
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^']]*");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9._~+-]+");

    private final App app;
    private final PoolNames names;
    private final Claim claim;
    private final Routes routes;

    /** The part of this app in a HAProxy that listens on that port for it; throws a Failure where a setting can't be written. */
    EdgeConfig(App app, int port, Routes routes) {
        this.app = requireNonNull(app, "app is null");
        this.names = PoolNames.of(app.name());
        this.routes = requireNonNull(routes, "routes is null");
        this.claim = new Claim(
                app.name(),
                port,
                app.traffic().hosts(),
                routes.senders(),
                routes.first(),
                routes.countries().isEmpty() ? Optional.empty() : Optional.of(EdgeFiles.countries(app.name())));
        require(PATH, app.serve().health().path(), "serve.health.path");
        app.serve().health().host().ifPresent(host -> require(HOST, host, "serve.health.host"));
        app.traffic().hosts().forEach(host -> require(HOST, host, "serve.hosts"));
        app.traffic().stickyCookie().ifPresent(cookie -> require(COOKIE, cookie, "traffic.sticky.cookie"));
    }

    /** Which requests the app wants. */
    Claim claim() {
        return claim;
    }

    /** The part with these pools. */
    String render(List<Pool> pools) {
        return render(fingerprint(pools), pools);
    }

    /** What tells two configurations apart that need a reload between them: all but the origins. */
    String fingerprint(List<Pool> pools) {
        List<Pool> empty =
                pools.stream().map(pool -> new Pool(pool.region(), List.of())).toList();
        return names.fingerprint(hash(Frame.form() + render("", empty) + routes.countries()));
    }

    /** The map of standings. Whoever is neither serving nor draining has had no traffic. */
    static String standings(List<Pool> pools) {
        Map<ServerName, Standing> standings = new HashMap<>();
        pools.stream()
                .flatMap(pool -> pool.origins().stream())
                .filter(origin -> origin.draining() || origin.weight().serving())
                .forEach(origin ->
                        standings.put(origin.server(), origin.draining() ? Standing.DRAINING : Standing.SERVING));
        return Standing.lines(standings);
    }

    /**
     * How an origin is checked, as a server's keywords: at the configured interval while it is well, four times as
     * often once it is in doubt or down, so that both ends of an outage are seen soon.
     */
    String check() {
        return check(app);
    }

    /** How an origin, or another machine, is checked. */
    static String check(App app) {
        HealthCheck health = app.serve().health();
        Duration quarter = health.interval().dividedBy(4);
        String often = milliseconds(quarter.compareTo(QUICKEST) < 0 ? QUICKEST : quarter);
        return "check inter " + milliseconds(health.interval()) + " fastinter " + often + " downinter " + often
                + " rise " + health.rise() + " fall 2 pool-purge-delay 2s";
    }

    private String render(String fingerprint, List<Pool> pools) {
        return PART.with("fingerprint", fingerprint)
                        .with("app", app.name().value())
                        .with("claim", claim.lines())
                        .with("answer", milliseconds(app.traffic().answerWithin()))
                        .with("checkTimeout", milliseconds(app.serve().health().timeout()))
                        .text()
                + pools.stream().map(this::backend).collect(joining())
                + routes.beyond();
    }

    private String affinity() {
        return app.traffic()
                .stickyCookie()
                .map(cookie -> AFFINITY.with("cookie", cookie)
                        .with("origin", routes.cookie())
                        .with("elsewhere", PoolNames.ELSEWHERE)
                        .text())
                .orElse("");
    }

    private String backend(Pool pool) {
        String name = names.pool(pool.region());
        return POOL.with("pool", name)
                        .with("after", names.after(name))
                        .with("app", app.name().value())
                        .with("client", routes.client())
                        .with("standings", names.standings())
                        .with("path", app.serve().health().path())
                        .with("host", app.serve().health().host().orElse("localhost"))
                        .with("proto", app.serve().health().forwardedProto())
                        .with("alone", routes.check())
                        .with("stay", stay())
                        .with("patience", PATIENCE.text())
                        .with("timing", TIMING.text())
                        .with("counters", Integer.toString(LatencyBuckets.counters()))
                        .with("count", LatencyBuckets.rules())
                        .with("elsewhere", PoolNames.ELSEWHERE)
                        .with("affinity", affinity())
                        .with("order", routes.order())
                        .text()
                + pool.origins().stream().map(this::server).collect(joining());
    }

    private String stay() {
        return app.traffic().stickyCookie().isPresent()
                ? STAY.with("standings", names.standings()).text()
                : "";
    }

    private String server(Origin origin) {
        return "    server " + origin.server() + " " + origin.address() + " weight "
                + LiveServer.weight(origin.weight()) + " " + check() + "\n";
    }

    private static String milliseconds(Duration duration) {
        return Math.max(1, duration.toMillis()) + "ms";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(Pattern form, String value, String key) {
        if (!form.matcher(value).matches()) {
            throw Failure.usage(Diagnostic.of(
                    "edge-setting",
                    "HAProxy can't take '" + value + "' as " + key,
                    "Use plain ASCII without blanks and quotes."));
        }
    }
}
