package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Canary;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.OnFailure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.operation.Deploy;
import org.meridian.core.operation.DeployRequest;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.core.rollout.Fleets;
import org.meridian.core.rollout.Hooks;
import org.meridian.core.rollout.World;
import org.meridian.core.spi.FleetDriver;
import org.meridian.core.spi.HostDriver;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.core.spi.MetricSource;
import org.meridian.core.spi.Prober;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.probe.HttpProber;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;
import org.meridian.testkit.Load;

/**
 * An app of three regions behind the fake Cloudflare, deployed by the engine itself: real requests, a real store, and
 * servers that are origins in this process.
 */
final class RolloutStage implements AutoCloseable {
    static final RegionName EU = new RegionName("eu");
    static final RegionName US = new RegionName("us");
    static final RegionName AP = new RegionName("ap");
    static final ReleaseId R1 = new ReleaseId(1);
    static final ReleaseId R2 = new ReleaseId(2);

    private static final int REQUESTS_PER_SECOND = 40;
    private static final int PORT = Stage.freePort();
    /** A deployer's usual patience is tested elsewhere; the first two are of the world's clock. */
    private static final Patience PATIENCE =
            new Patience(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(6));

    final FakeCloudflare cloudflare = new FakeCloudflare();
    final FakeMachines machines = new FakeMachines(PORT, this::inUse);
    final Queue<RolloutEvent> events = new ConcurrentLinkedQueue<>();
    private final List<CloudflareTraffic> drivers = new ArrayList<>();
    private final SqlState state;
    private final App app;
    private Consumer<RolloutEvent> then = event -> {};

    /** The thread that makes it works by Cloudflare's clock until it closes it. */
    private RolloutStage(Path directory, Optional<Canary> canary, Duration watch) {
        cloudflare.time.enter();
        this.app = app(canary, watch);
        this.state = new SqlState(new SqliteDatabase(LocalDirectory.at(directory)), app.name());
    }

    /** One that serves its first release already. */
    static RolloutStage serving(Path directory, Optional<Canary> canary) throws InterruptedException {
        return new RolloutStage(directory, canary, Duration.ofSeconds(1)).withFirstRelease();
    }

    /** The same, whose regions are watched for so long after their shift. */
    static RolloutStage watching(Path directory, Duration watch) throws InterruptedException {
        return new RolloutStage(directory, Optional.empty(), watch).withFirstRelease();
    }

    private RolloutStage withFirstRelease() throws InterruptedException {
        assertThat(deploy(1).outcome()).isEqualTo(Receipt.Outcome.DEPLOYED);
        events.clear();
        return this;
    }

    private App app(Optional<Canary> canary, Duration watch) {
        ImageReference image = ImageReference.parse("journal");
        HealthCheck health =
                new HealthCheck("/up", Duration.ofSeconds(1), Duration.ofSeconds(2), 1, Duration.ofMinutes(1));
        return new App(
                new AppName("journal"),
                new ComposeFile(
                        "services: {web: {image: journal}}",
                        Map.of("web", new ComposeFile.Service(Optional.of(image), true, Map.of()))),
                image,
                EU,
                List.of(region(US, "sfo3"), region(AP, "ap-southeast-1"), region(EU, "DE")),
                Map.of(),
                new Serve("web", 3000, PORT, health),
                Optional.empty(),
                new RolloutSettings(
                        List.of(List.of(US), List.of(AP), List.of(EU)),
                        watch,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        canary,
                        OnFailure.ROLLBACK_ALL,
                        Optional.empty()),
                new TrafficSettings(
                        new TrafficLayer.Cloudflare(FakeCloudflare.settings(), Optional.empty()), Optional.empty()),
                new ProbeSettings("/", 1, Duration.ofMinutes(5)));
    }

    private static Region region(RegionName name, String location) {
        return new Region(name, "under-test", location, 2, Optional.empty(), List.of(), Map.of(), List.of());
    }

    /** Does something when something happens. */
    void when(Consumer<RolloutEvent> reaction) {
        then = reaction;
    }

    Mortal deployer() {
        return new Mortal(cloudflare.time);
    }

    Receipt deploy(int version) throws InterruptedException {
        return deploy(version, deployer());
    }

    Receipt deploy(int version, Mortal deployer) throws InterruptedException {
        return new Deploy(workspace(deployer))
                .run(new DeployRequest(Optional.empty(), Optional.of("v" + version), Set.of(), false), plan -> true);
    }

    Receipt rollBack() throws InterruptedException {
        return new RollBack(workspace(deployer())).run(RollBackRequest.to(Optional.empty()), plan -> true);
    }

    /** A process of this machine that is gone has no lock any more; here it is the test's own process that stays. */
    void forgetTheLockOfTheDead() {
        assertThat(state.release()).isPresent();
    }

    private Workspace workspace(Mortal deployer) {
        EventSink sink = deployer.calling(EventSink.class, event -> {
            events.add(event);
            then.accept(event);
        });
        CloudflareTraffic traffic = cloudflare.driver(app, PATIENCE, deployer);
        drivers.add(traffic);
        World world = new World(
                new Fleets(List.of(deployer.calling(FleetDriver.class, machines))),
                deployer.calling(HostDriver.class, machines),
                deployer.calling(TrafficDriver.class, traffic),
                deployer.calling(MetricSource.class, this::countsOfNobody),
                deployer.calling(Prober.class, new HttpProber(cloudflare.publicAddress(), Optional.empty())),
                Hooks.none(sink, deployer),
                deployer,
                deployer,
                sink);
        ImageRegistry registry = image -> image.withDigest("sha256:"
                + "%064x".formatted(Long.parseLong(image.tag().orElse("v0").substring(1))));
        return new Workspace(app, world, deployer.calling(StateStore.class, state), registry, List.of(), "somebody");
    }

    /** A source that counts every server, and no request yet. */
    private List<OriginMetrics> countsOfNobody(RegionName region) {
        return origins(region)
                .map(origin -> new ServerName(origin.path("name").asString()))
                .map(server -> new OriginMetrics(server, 0, 0, new TreeMap<>()))
                .toList();
    }

    /** Users from here and there, as long as the stage is open or until they are stopped. */
    Load users() {
        return new Load(cloudflare.publicAddress(), REQUESTS_PER_SECOND, "US");
    }

    /** The servers that take a region's users at Cloudflare, with their weights. */
    Map<String, Double> serving(RegionName region) {
        return origins(region)
                .filter(origin -> origin.path("enabled").asBoolean()
                        && origin.path("weight").asDouble() > 0)
                .collect(Collectors.toMap(origin -> origin.path("name").asString(), origin -> origin.path("weight")
                        .asDouble()));
    }

    private Stream<tools.jackson.databind.JsonNode> origins(RegionName region) {
        return cloudflare.account.all(Kind.POOL).stream()
                .filter(pool -> pool.path("name").asString().equals("meridian-journal-" + region))
                .flatMap(pool -> pool.path("origins").valueStream());
    }

    private boolean inUse(ServerName server) {
        return app.regions().stream()
                .flatMap(region -> origins(region.name()))
                .filter(origin -> origin.path("name").asString().equals(server.value()))
                .anyMatch(origin -> origin.path("enabled").asBoolean()
                        ? origin.path("weight").asDouble() > 0
                        : cloudflare.account.all(Kind.BALANCER).stream()
                                .anyMatch(balancer -> cloudflare.account.draining(origin, balancer)));
    }

    /** Every region is on this release alone, and there is no server but its own and the kept ones. */
    void requireServing(ReleaseId release, ReleaseId... kept) {
        for (Region region : app.regions()) {
            assertThat(serving(region.name()))
                    .as(region.name().value())
                    .isEqualTo(Map.of(name(region.name(), release, 1), 1.0, name(region.name(), release, 2), 1.0));
        }
        Set<ReleaseId> accounted =
                Stream.concat(Stream.of(release), Stream.of(kept)).collect(Collectors.toSet());
        assertThat(machines.releases()).isSubsetOf(accounted);
        assertThat(machines.violations()).isEmpty();
    }

    static String name(RegionName region, ReleaseId release, int n) {
        return ServerName.of(new AppName("journal"), region, release, n).value();
    }

    /** The codes of what went wrong, in order. */
    List<String> problems() {
        return events.stream()
                .filter(RolloutEvent.Failed.class::isInstance)
                .map(event -> ((RolloutEvent.Failed) event).problem().code())
                .toList();
    }

    @Override
    public void close() {
        drivers.forEach(CloudflareTraffic::close);
        machines.close();
        cloudflare.time.leave();
        cloudflare.close();
        state.close();
        assertThat(cloudflare.description.violations()).isEmpty();
    }
}
