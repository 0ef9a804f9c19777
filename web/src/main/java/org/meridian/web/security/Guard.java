package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Secret;

/**
 * Stands before every request: who asks, from where, and for what. What a route gives is said where the route is made
 * ({@link Access}) and looked up for the route that matched, never by comparing paths; what it does not say is refused.
 */
public final class Guard {
    /** The cookie of a browser that logged in. */
    public static final String COOKIE = "meridian";

    /** The key of a page that logged in. */
    public static final String KEY = "X-Meridian-Key";

    /** How a WebSocket bears the key, since a page can set no header of it: as one of the protocols that it offers. */
    private static final String KEY_PROTOCOL = "key.";

    /** A header that no form of another site can send. */
    private static final String OWN = "X-Meridian";

    private static final String ADMISSION = "org.meridian.admission";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final int LONGEST = 100;

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

    /** How whoever asks was let in; only for what the guard let through. */
    public static Admission admission(Context context) {
        return requireNonNull(context.attribute(ADMISSION), "the guard let somebody through without a name");
    }

    /** Who asks; only for what the guard let through. */
    public static Visitor visitor(Context context) {
        return admission(context).visitor();
    }

    /** Whether the request was let in as somebody's. */
    public static boolean admitted(Context context) {
        return context.attribute(ADMISSION) != null;
    }

    /** Lets a request come to the routes, or throws {@link Refused}. */
    public void enter(Context context) {
        Headers.write(context, entrance.encrypted());
        requireWay(context);
        requireHost(context);
    }

    /** Lets a request through to the route that matched, or throws {@link Refused}. */
    public void admit(Context context) {
        Access access = access(context.routeRoles());
        if (access == Access.PAGE) {
            return;
        }
        requireSite(context);
        if (access.hasForm()) {
            requireForm(context);
        }
        if (access == Access.LOGIN) {
            requireOrigin(context, false);
            return;
        }
        Admission admission = admission(context, access);
        context.attribute(ADMISSION, admission);
        if (access.isForOperators()) {
            requireOperator(context, admission.visitor());
        }
    }

    /** What a token is worth that somebody logs in with; throws {@link Refused} for a wrong one. */
    public Visitor logIn(Context context, Secret token) {
        String address = context.ip();
        // A right token always passes: nobody's wrong ones, from behind the same address, may keep its owner out.
        return tokens.role(token).map(role -> Visitor.at(address, role)).orElseThrow(() -> wrongToken(address));
    }

    private Refused wrongToken(String address) {
        var wait = limit.wait(address);
        if (wait.isPositive()) {
            return new Refused(
                    429,
                    Diagnostic.of(
                            "too-many-tokens",
                            "that is not the token either, and too many wrong ones came from " + address,
                            "Try the right one, or wait " + (wait.toSeconds() + 1) + " s."),
                    Optional.of(wait));
        }
        limit.refused(address);
        refusals.refused(address, "login-refused", "a wrong token");
        return new Refused(
                401,
                Diagnostic.of(
                        "wrong-token",
                        "that is not the token",
                        "'meridian ui' keeps it in .meridian/ui-token on the machine that it runs on."));
    }

    private static Access access(Set<RouteRole> roles) {
        return roles.stream()
                .filter(Access.class::isInstance)
                .map(Access.class::cast)
                .findFirst()
                .orElseThrow(() -> new Refused(
                        405,
                        Diagnostic.of(
                                "method-not-allowed",
                                "that can't be asked for in this way",
                                "docs/reference/dashboard-api.md tells what to send.")));
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

    private Admission admission(Context context, Access access) {
        Optional<Visitor> bearer = header(context, "Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> logIn(context, Secret.of(value.substring(7).strip())));
        if (bearer.isPresent()) {
            requireOrigin(context, false);
            return new Admission(bearer.get(), Stay.UNBOUNDED);
        }
        Admission admission = session(context)
                .or(() -> proxied(context))
                .orElseThrow(() -> new Refused(
                        401,
                        Diagnostic.of(
                                "not-logged-in",
                                "nobody is logged in",
                                "Log in with the token; programs send it as 'Authorization: Bearer TOKEN'.")));
        if (access.needsOrigin()) {
            requireOrigin(context, true);
        }
        return admission;
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

    private Optional<Admission> session(Context context) {
        return Optional.ofNullable(context.cookie(COOKIE))
                .flatMap(cookie -> key(context).flatMap(key -> sessions.session(cookie, key)))
                .map(session -> new Admission(session.visitor(), session));
    }

    private static Optional<Secret> key(Context context) {
        return header(context, KEY)
                .or(() -> header(context, "Sec-WebSocket-Protocol").stream()
                        .flatMap(protocols -> Arrays.stream(protocols.split(",")))
                        .map(String::strip)
                        .filter(protocol -> protocol.startsWith(KEY_PROTOCOL))
                        .map(protocol -> protocol.substring(KEY_PROTOCOL.length()))
                        .findFirst())
                .map(Secret::of);
    }

    private Optional<Admission> proxied(Context context) {
        return entrance.proxy()
                .filter(proxy -> proxy.sent(context))
                .flatMap(proxy -> proxy.visitor(context))
                .map(name -> new Admission(new Visitor(name, entrance.proxiedRole()), Stay.UNBOUNDED));
    }

    private boolean fromProxy(Context context) {
        return entrance.proxy().filter(proxy -> proxy.sent(context)).isPresent();
    }

    private static boolean isLoopback(String ip) {
        return InetAddress.ofLiteral(ip.replace("[", "").replace("]", "")).isLoopbackAddress();
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
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
