package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Secret;

/**
 * Stands before every request: who asks, from where, and for whom. What it lets through bears its {@link Visitor}.
 *
 * <p>The page itself holds no data and is given to everybody who asks under the right name; everything under
 * {@code /api/} and {@code /metrics} is for visitors.
 */
public final class Guard {
    /** The cookie of a browser that logged in. */
    public static final String COOKIE = "meridian";

    /** A header that no form of another site can send. */
    private static final String OWN = "X-Meridian";

    private static final String VISITOR = "org.meridian.visitor";
    private static final String LOGIN = "/api/login";
    private static final String LOGOUT = "/api/logout";
    private static final Set<HandlerType> LOOKING = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final int LONGEST_NAME = 100;

    private final Entrance entrance;
    private final Tokens tokens;
    private final Sessions sessions;
    private final LoginLimit limit;
    private final Refusals refusals;

    /** Guards an entrance. */
    public Guard(Entrance entrance, Tokens tokens, Sessions sessions, LoginLimit limit, Refusals refusals) {
        this.entrance = requireNonNull(entrance, "entrance is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.refusals = requireNonNull(refusals, "refusals is null");
    }

    /** Who asks; only for what the guard let through. */
    public static Visitor visitor(Context context) {
        return requireNonNull(context.attribute(VISITOR), "the guard let somebody through without a name");
    }

    /** Lets a request through, or throws {@link Refused}. */
    public void check(Context context) {
        Headers.write(context, entrance.encrypted());
        requireWay(context);
        requireHost(context);
        boolean acts = !LOOKING.contains(context.method());
        if (!acts && !isData(context.path())) {
            return;
        }
        requireSite(context);
        if (acts) {
            requireForm(context);
        }
        if (context.path().equals(LOGIN)) {
            requireOrigin(context, false);
            return;
        }
        Visitor visitor = admit(context, acts);
        context.attribute(VISITOR, visitor);
        if (acts && !context.path().equals(LOGOUT)) {
            requireOperator(context, visitor);
        }
    }

    /** Lets a request for a WebSocket through, which only operators make, or throws {@link Refused}. */
    public void checkSocket(Context context) {
        requireWay(context);
        requireHost(context);
        requireSite(context);
        Visitor visitor = admit(context, true);
        requireOperator(context, visitor);
        context.attribute(VISITOR, visitor);
    }

    /** What a token is worth that somebody logs in with; throws {@link Refused} for a wrong one, or one too many. */
    public Visitor logIn(Context context, Secret token) {
        String address = context.ip();
        var wait = limit.wait(address);
        if (wait.isPositive()) {
            throw new Refused(
                    429,
                    Diagnostic.of(
                            "too-many-tokens",
                            "too many wrong tokens came from " + address,
                            "Try again in " + (wait.toSeconds() + 1) + " s."),
                    Optional.of(wait));
        }
        return tokens.role(token).map(role -> Visitor.at(address, role)).orElseThrow(() -> {
            limit.refused(address);
            refusals.refused(address, "login-refused", "a wrong token");
            return new Refused(
                    401,
                    Diagnostic.of(
                            "wrong-token",
                            "that is not the token",
                            "'meridian ui' keeps it in .meridian/ui-token on the machine that it runs on."));
        });
    }

    /** Whether whoever made this request is still let in; for answers that go on for long. */
    public boolean stillIn(Context context) {
        return context.header("Authorization") != null
                || proxied(context).isPresent()
                || cookie(context).isPresent();
    }

    private static boolean isData(String path) {
        return path.startsWith("/api/") || path.equals("/metrics");
    }

    /** Without TLS, what comes from another machine has to come through the proxy that ends it. */
    private void requireWay(Context context) {
        boolean safe = entrance.encrypted() || isLoopback(context.ip()) || fromProxy(context);
        if (!safe) {
            throw new Refused(
                    403,
                    Diagnostic.of(
                            "not-through-the-proxy",
                            "requests from other machines come through the trusted proxy alone",
                            "Use the address of the proxy."));
        }
    }

    private void requireHost(Context context) {
        String host = header(context, "Host").orElse("");
        if (!entrance.names().allow(host)) {
            throw new Refused(
                    421,
                    Diagnostic.of(
                            "foreign-host",
                            "this dashboard does not go by the name '" + shortened(host) + "'",
                            "Start it with --host-name NAME if that is one of its names."));
        }
    }

    /** What browsers say of where a request began (W3C, Fetch Metadata); another port of this machine is another site here. */
    private static void requireSite(Context context) {
        if (header(context, "Sec-Fetch-Site")
                .filter(site -> !OWN_SITES.contains(site))
                .isPresent()) {
            throw foreign();
        }
    }

    private static void requireForm(Context context) {
        boolean json = header(context, "Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .isPresent();
        if (!json || header(context, OWN).isEmpty()) {
            throw new Refused(
                    415,
                    Diagnostic.of(
                            "not-json",
                            "a request that changes something is JSON and has the header " + OWN,
                            "Send Content-Type: application/json and " + OWN + ": 1."));
        }
    }

    private Visitor admit(Context context, boolean acts) {
        Optional<Visitor> bearer = header(context, "Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> logIn(context, Secret.of(value.substring(7).strip())));
        if (bearer.isPresent()) {
            requireOrigin(context, false);
            return bearer.get();
        }
        Visitor visitor = cookie(context)
                .or(() -> proxied(context))
                .orElseThrow(() -> new Refused(
                        401,
                        Diagnostic.of(
                                "not-logged-in",
                                "nobody is logged in",
                                "Log in with the token; programs send it as 'Authorization: Bearer TOKEN'.")));
        if (acts) {
            requireOrigin(context, true);
        }
        return visitor;
    }

    /** A browser says where a page is from that sends a request; programs do not, and no browser sends their token for them. */
    private static void requireOrigin(Context context, boolean mustSay) {
        Optional<String> origin = header(context, "Origin");
        String host = header(context, "Host").orElse("");
        boolean own = origin.map(
                        value -> value.equalsIgnoreCase("http://" + host) || value.equalsIgnoreCase("https://" + host))
                .orElse(!mustSay);
        if (!own) {
            throw foreign();
        }
    }

    private void requireOperator(Context context, Visitor visitor) {
        if (visitor.role() != Role.OPERATOR) {
            refusals.refused(visitor.who(), "refused", "may only look, and asked for " + shortened(context.path()));
            throw new Refused(
                    403,
                    Diagnostic.of(
                            "only-looks",
                            "with this token one can look and not act",
                            "Log in with the operator's token."));
        }
    }

    private Optional<Visitor> cookie(Context context) {
        return Optional.ofNullable(context.cookie(COOKIE)).flatMap(sessions::visitor);
    }

    private Optional<Visitor> proxied(Context context) {
        return entrance.proxy()
                .filter(proxy -> fromProxy(context))
                .flatMap(proxy -> only(Collections.list(context.req().getHeaders(proxy.header()))))
                .map(name -> new Visitor(name, entrance.proxiedRole()));
    }

    /** A proxy that adds its header to one that the client sent is not to be trusted. */
    private static Optional<String> only(List<String> values) {
        return values.size() == 1
                ? Optional.of(values.getFirst().strip())
                        .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME)
                        .filter(name -> name.codePoints().noneMatch(Character::isISOControl))
                : Optional.empty();
    }

    private boolean fromProxy(Context context) {
        return entrance.proxy()
                .filter(proxy -> proxy.address().equals(address(context.ip())))
                .isPresent();
    }

    private static boolean isLoopback(String ip) {
        return address(ip).isLoopbackAddress();
    }

    private static InetAddress address(String ip) {
        return InetAddress.ofLiteral(ip.replace("[", "").replace("]", ""));
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }

    private static Refused foreign() {
        return new Refused(
                403,
                Diagnostic.of(
                        "foreign-origin",
                        "a page from elsewhere may not ask this dashboard",
                        "Open the dashboard's own page; behind a proxy, let it pass the Host header on."));
    }

    /** Hears of those who were refused, for the audit log. */
    @FunctionalInterface
    public interface Refusals {
        /** That somebody was refused, as the log names it, and why. */
        void refused(String who, String action, String why);
    }
}
