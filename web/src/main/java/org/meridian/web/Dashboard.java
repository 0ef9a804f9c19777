package org.meridian.web;

import static java.util.Objects.requireNonNull;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.Time;
import org.meridian.web.api.Acts;
import org.meridian.web.api.JsonAnswers;
import org.meridian.web.api.LogsApi;
import org.meridian.web.api.MetricsApi;
import org.meridian.web.api.OwnRollbacks;
import org.meridian.web.api.PageFiles;
import org.meridian.web.api.ReleasesApi;
import org.meridian.web.api.RollbackApi;
import org.meridian.web.api.RolloutsApi;
import org.meridian.web.api.SessionApi;
import org.meridian.web.api.TerminalApi;
import org.meridian.web.api.WorldApi;
import org.meridian.web.security.Access;
import org.meridian.web.security.Entrance;
import org.meridian.web.security.Guard;
import org.meridian.web.security.HostNames;
import org.meridian.web.security.LoginLimit;
import org.meridian.web.security.Refused;
import org.meridian.web.security.Sessions;
import org.meridian.web.stream.Feeds;
import org.meridian.web.world.WorldWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard's server: runs from when it is made until it is closed. */
public final class Dashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    private static final Diagnostic NOTHING = Diagnostic.of(
            "not-found", "there is nothing at this address", "docs/reference/dashboard-api.md tells what there is.");

    private final DashboardSettings settings;
    private final DashboardSources sources;
    private final Feeds feeds = new Feeds();
    private final Sessions sessions;
    private final Acts acts;
    private final Guard guard;
    private final Listening listening;
    private final WorldWatch watch;
    private final OwnRollbacks rollbacks;
    private final TerminalApi terminals;
    private final LogsApi logs;
    private final Javalin server;

    private Dashboard(DashboardSettings settings, DashboardSources sources, Places.Limits limits) {
        this.settings = requireNonNull(settings, "settings is null");
        this.sources = requireNonNull(sources, "sources is null");
        Time time = sources.workspace().world().time();
        this.sessions = new Sessions(time);
        this.acts = new Acts(sources.workspace());
        this.guard = new Guard(entrance(settings), settings.tokens(), sessions, new LoginLimit(time), acts::refused);
        this.listening = new Listening(settings, limits);
        this.watch = new WorldWatch(sources.workspace(), sources.access(), sources.services(), feeds);
        this.rollbacks = new OwnRollbacks(sources.workspace(), watch);
        this.terminals = new TerminalApi(sources.workspace(), sources.access(), acts);
        this.logs = new LogsApi(sources.workspace(), sources.access());
        this.server = Javalin.create(this::configure);
    }

    /** Starts it; throws a Failure of kind USAGE when the port is taken or the certificate can't be used. */
    public static Dashboard start(DashboardSettings settings, DashboardSources sources) {
        return start(settings, sources, Places.Limits.USUAL);
    }

    static Dashboard start(DashboardSettings settings, DashboardSources sources, Places.Limits limits) {
        Dashboard dashboard = new Dashboard(settings, sources, limits);
        try {
            dashboard.server.start();
        } catch (JavalinBindException e) {
            throw Failure.usage(Diagnostic.of(
                    "port-taken",
                    "something else listens on port " + settings.port() + " of "
                            + settings.listen().getHostAddress() + ", or it may not be used",
                    "Choose another with --port, or --port 0 for any that is free."));
        }
        dashboard.watch.start();
        return dashboard;
    }

    /** Where it is, as seen from this machine. */
    public URI address() {
        String host = settings.listen().isAnyLocalAddress()
                ? "localhost"
                : settings.listen().getHostAddress();
        String written = host.contains(":") ? "[" + host + "]" : host;
        return URI.create((settings.tls().isPresent() ? "https" : "http") + "://" + written + ":" + server.port());
    }

    /** Every route there is, and what it gives; a test walks them all. */
    List<Endpoint> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .toList();
    }

    /** To whom a route is open. */
    static Set<RouteRole> accessOf(Endpoint route) {
        Roles roles = route.metadata(Roles.class);
        return roles == null ? Set.of() : roles.getRoles();
    }

    /** Ends what listens, what runs in terminals, and the server. */
    @Override
    public void close() {
        feeds.close();
        logs.close();
        terminals.close();
        rollbacks.close();
        watch.close();
        server.stop();
        acts.settle();
    }

    private static Entrance entrance(DashboardSettings settings) {
        return new Entrance(
                new HostNames(settings.listen().getHostAddress(), settings.names()),
                settings.tls().isPresent(),
                settings.proxy(),
                settings.proxiedRole());
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // A client that listens keeps a thread, which as a virtual one costs next to nothing.
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = 64 * 1024;
        // A path is one path: what is nearly a route's is none, and gets what no route is.
        config.router.ignoreTrailingSlashes = false;
        listening.configure(config.jetty);
        config.routes.before(this::enter);
        config.routes.beforeMatched(this::admit);
        config.routes.wsBeforeUpgrade(this::enter);
        config.routes.wsBeforeUpgrade(this::admit);
        routes(config);
        problems(config);
    }

    private void enter(Context context) {
        listening.places().asked(context);
        guard.enter(context);
    }

    private void admit(Context context) {
        guard.admit(context);
        if (Guard.admitted(context)) {
            listening.places().admitted(context);
        }
    }

    private void routes(JavalinConfig config) {
        WorldApi world = new WorldApi(watch, feeds);
        RolloutsApi rollouts = new RolloutsApi(sources.workspace(), watch);
        ReleasesApi releases = new ReleasesApi(sources.workspace(), watch);
        RollbackApi rollback = new RollbackApi(sources.workspace(), rollbacks, acts);
        MetricsApi metrics = new MetricsApi(watch);
        PageFiles page = new PageFiles();
        SessionApi session = new SessionApi(
                sources.workspace().app().name(),
                sources.version(),
                settings.tls().isPresent(),
                guard,
                sessions,
                acts);
        config.routes.post("/api/login", session::logIn, Access.LOGIN);
        config.routes.post("/api/logout", session::logOut, Access.LOGOUT);
        config.routes.get("/api/session", session::get, Access.LOOK);
        config.routes.get("/api/world", world::get, Access.LOOK);
        config.routes.get("/api/events", world::events, Access.LOOK);
        config.routes.get("/api/probes", world::probes, Access.LOOK);
        config.routes.get("/api/rollouts", rollouts::list, Access.LOOK);
        config.routes.get("/api/rollouts/{number}", rollouts::get, Access.LOOK);
        config.routes.get("/api/releases", releases::releases, Access.LOOK);
        config.routes.get("/api/secrets", releases::secrets, Access.LOOK);
        config.routes.get("/api/audit", releases::audit, Access.LOOK);
        config.routes.get("/api/plan/rollback", rollback::plan, Access.LOOK);
        config.routes.post("/api/rollback", rollback::rollBack, Access.ACT);
        config.routes.post("/api/answer", rollback::answer, Access.ACT);
        config.routes.get("/api/logs", logs::get, Access.LOOK);
        config.routes.wsBeforeUpgrade("/api/terminal", terminals::prepare);
        config.routes.ws("/api/terminal", terminals::configure, Access.TERMINAL);
        config.routes.get("/metrics", metrics::get, Access.LOOK);
        config.routes.get("/api/*", context -> JsonAnswers.problem(context, 404, NOTHING), Access.LOOK);
        config.routes.get("/*", page::get, Access.PAGE);
    }

    /** Whatever goes wrong is told in words, and never with a trace. */
    private static void problems(JavalinConfig config) {
        config.routes.exception(Refused.class, (refused, context) -> {
            refused.retryAfter().ifPresent(wait -> context.header("Retry-After", Long.toString(wait.toSeconds() + 1)));
            JsonAnswers.problem(context, refused.status(), refused.problem());
        });
        config.routes.exception(Failure.class, (failure, context) -> JsonAnswers.failure(context, failure));
        config.routes.exception(
                HttpResponseException.class,
                (http, context) -> JsonAnswers.problem(
                        context,
                        http.getStatus(),
                        Diagnostic.of(
                                "refused",
                                String.valueOf(http.getMessage()),
                                "docs/reference/dashboard-api.md tells what to send.")));
        config.routes.exception(Exception.class, (bug, context) -> {
            LOG.warn("{} {} failed", context.method(), context.path(), bug);
            JsonAnswers.problem(
                    context,
                    500,
                    Diagnostic.of(
                            "bug",
                            "this is a bug in Meridian (" + bug.getClass().getSimpleName() + ")",
                            "Run 'meridian ui --verbose' and report what it prints."));
        });
    }
}
