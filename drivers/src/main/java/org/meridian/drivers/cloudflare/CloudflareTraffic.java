package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.Time;
import org.meridian.core.spi.TrafficDriver;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steers traffic with Cloudflare's load balancing: a pool for each region behind one load balancer, an origin in it for
 * each server, health found by Cloudflare's own checks.
 *
 * <p>What Cloudflare has is the truth; nothing is kept here but what was read a moment ago. A change of a pool replaces
 * all of its origins, so changes of one pool are made one after the other. A drained origin is disabled: it gets no new
 * user, sessions may go on for the load balancer's drain duration, and it is not health-checked. One that comes back
 * is enabled beside the others, which lose their traffic only once Cloudflare has found it healthy.
 *
 * <p>Cloudflare counts no requests of an origin, so an origin counts as having one in flight until its drain is over.
 */
public final class CloudflareTraffic implements TrafficDriver {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final URI address;
    private final CloudflareApi api;
    private final Inventory inventory;
    private final Blueprint blueprint;
    private final Setup setup;
    private final PoolViews views;
    private final Time time;
    private final Consumer<String> notes;
    private final Map<RegionName, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Cloudflare in front of an app; nothing is asked of it yet.
     *
     * @param app   the app; its traffic settings have a part for Cloudflare
     * @param token an API token; an empty one fails at the first use
     * @param time  the clock
     * @param notes is told what is waited for when that takes long
     */
    public CloudflareTraffic(App app, Secret token, Time time, Consumer<String> notes) {
        this(
                app,
                new CloudflareApi(settings(app).api(), token, Patience.USUAL, time, notes),
                URI.create("https://" + settings(app).hostname()),
                time,
                notes);
    }

    CloudflareTraffic(App app, CloudflareApi api, URI address, Time time, Consumer<String> notes) {
        this.address = requireNonNull(address, "address is null");
        this.api = requireNonNull(api, "api is null");
        this.time = requireNonNull(time, "time is null");
        this.notes = requireNonNull(notes, "notes is null");
        CloudflareSettings settings = settings(app);
        var names = new CloudflareNames(app.name());
        this.inventory = new Inventory(api, settings);
        this.blueprint = new Blueprint(app, settings, names);
        this.setup = new Setup(app, settings, names, blueprint, inventory);
        this.views = new PoolViews(inventory, names, blueprint.drain(), time);
    }

    /** The token in a process's variables; an empty one where it is not set. */
    public static Secret token(Map<String, String> environment) {
        return Secret.of(environment.getOrDefault(ApiFailures.TOKEN, "").strip());
    }

    /** What is wrong with a token by its looks alone, or that there is none; nothing is asked. */
    public static Optional<Diagnostic> missing(Secret token) {
        return CloudflareApi.malformed(token);
    }

    static CloudflareSettings settings(App app) {
        return app.traffic()
                .cloudflare()
                .orElseThrow(() -> new IllegalArgumentException("the app has no settings for Cloudflare"));
    }

    @Override
    public List<Pool> observe() throws InterruptedException {
        return views.seen();
    }

    @Override
    public Pool observe(RegionName region) throws InterruptedException {
        return views.seen(region).orElseGet(() -> new Pool(region, List.of()));
    }

    @Override
    public void prepare() throws InterruptedException {
        try {
            setup.prepare();
        } finally {
            views.changed();
        }
    }

    @Override
    public void apply(PoolTarget target) throws InterruptedException {
        ReentrantLock lock = lock(target.region());
        lock.lockInterruptibly();
        try {
            CloudflarePool now = read(target.region());
            PoolEdit edit = PoolEdit.of(now, target);
            PoolHealth health = edit.takesFromOthers() ? views.health(now) : PoolHealth.none();
            List<CloudflareOrigin> coming = edit.coming(origin -> health.of(origin) == Health.UNKNOWN);
            if (coming.isEmpty()) {
                write(now, edit.wanted());
            } else {
                bringBack(now, edit, coming);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain(RegionName region, Collection<ServerName> servers) throws InterruptedException {
        ReentrantLock lock = lock(region);
        lock.lockInterruptibly();
        try {
            CloudflarePool now = read(region);
            write(
                    now,
                    now.origins().stream()
                            .map(origin -> servers.contains(origin.server()) ? origin.drained() : origin)
                            .toList());
        } finally {
            lock.unlock();
        }
    }

    /** Cloudflare has no call for it; what is still connected ends with the server. */
    @Override
    public boolean disconnect(RegionName region, Collection<ServerName> servers) {
        return false;
    }

    @Override
    public Duration healthWithin() {
        return blueprint.healthWithin();
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public List<String> staying() throws InterruptedException {
        return observe().isEmpty() ? List.of() : List.of("the load balancer with its pools and monitor at Cloudflare");
    }

    @Override
    public void destroyAll() throws InterruptedException {
        try {
            setup.destroyAll();
        } finally {
            views.changed();
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private ReentrantLock lock(RegionName region) {
        return locks.computeIfAbsent(region, any -> new ReentrantLock());
    }

    private CloudflarePool read(RegionName region) throws InterruptedException {
        return views.read(region)
                .orElseThrow(() -> Failure.of(Diagnostic.of(
                        "cloudflare-no-pool",
                        "there is no pool of Meridian's for " + region + " at Cloudflare",
                        "Run 'meridian deploy': it makes the pools of all regions.")));
    }

    private void write(CloudflarePool now, List<CloudflareOrigin> origins) throws InterruptedException {
        if (now.has(origins)) {
            return;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set("origins", CloudflarePool.written(origins));
        try {
            inventory.change(Kind.POOL, now.id(), "origins of " + now.region(), fields);
        } finally {
            views.changed(now.region());
        }
    }

    /**
     * Enables those that come, waits until Cloudflare sends them requests, and only then takes traffic from others.
     * Where some of them never become healthy the others have to do; where none does, all is put back.
     */
    private void bringBack(CloudflarePool now, PoolEdit edit, List<CloudflareOrigin> coming)
            throws InterruptedException {
        write(now, edit.beside());
        List<CloudflareOrigin> missing = awaitHealthy(now, coming);
        if (!missing.isEmpty()) {
            PoolHealth health = views.health(now);
            Failure failure = neverHealthy(now.region(), missing, health, blueprint.healthWithin());
            if (edit.wanted().stream().noneMatch(origin -> origin.serving() && health.of(origin) == Health.HEALTHY)) {
                write(read(now.region()), now.origins());
                throw failure;
            }
            notes.accept(failure.diagnostic().summary() + "; the others carry its traffic");
        }
        write(read(now.region()), edit.wanted());
    }

    /** Those that Cloudflare does not find healthy in time. */
    private List<CloudflareOrigin> awaitHealthy(CloudflarePool pool, List<CloudflareOrigin> coming)
            throws InterruptedException {
        Duration atMost = blueprint.healthWithin();
        long begun = time.nanos();
        boolean told = false;
        while (true) {
            PoolHealth health = views.health(pool);
            List<CloudflareOrigin> missing = coming.stream()
                    .filter(origin -> health.of(origin) != Health.HEALTHY)
                    .toList();
            if (missing.isEmpty() || Duration.ofNanos(time.nanos() - begun).compareTo(atMost) > 0) {
                return missing;
            }
            if (!told) {
                notes.accept(pool.region() + ": waiting until Cloudflare finds " + names(missing) + " healthy, at most "
                        + Durations.spoken(atMost));
                told = true;
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private static Failure neverHealthy(
            RegionName region, List<CloudflareOrigin> missing, PoolHealth health, Duration atMost) {
        String found = missing.stream()
                .map(origin -> origin.server() + " at " + origin.address() + ": " + health.reasons(origin))
                .collect(Collectors.joining("\n"));
        return Failure.of(Diagnostic.of(
                        "cloudflare-unhealthy",
                        region + ": Cloudflare did not find " + names(missing) + " healthy within "
                                + Durations.spoken(atMost),
                        "See whether the servers answer, and whether their firewall lets Cloudflare's addresses in.")
                .withDetail(found));
    }

    private static String names(List<CloudflareOrigin> origins) {
        return origins.stream().map(origin -> origin.server().value()).collect(Collectors.joining(", "));
    }
}
