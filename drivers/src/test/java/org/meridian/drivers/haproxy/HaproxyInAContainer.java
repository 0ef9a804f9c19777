package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.testkit.Load;
import org.meridian.testkit.TestOrigin;
import org.meridian.testkit.TrafficDriverContract;

/** HAProxy in a real container, under names and at a port of its own, since test classes run beside each other. */
@Tag("world")
abstract class HaproxyInAContainer extends TrafficDriverContract {
    static final LocalProcesses DOCKER = new LocalProcesses();
    private static final System.Logger LOG = System.getLogger(HaproxyInAContainer.class.getName());

    private final LocalNames names;
    private final int port;
    private final String cutOff;

    HaproxyInAContainer(LocalNames names, int port) {
        this.names = names;
        this.port = port;
        this.cutOff = names.edge() + "-origin";
    }

    /** What HAProxy's container is made from. */
    abstract LocalImage image();

    /** What a request for a stream says that it accepts. */
    abstract String acceptOfStreams();

    @Override
    protected TrafficDriver newDriver(App app) {
        return new HaproxyTraffic(app, new LocalEdge(names, image(), port, DOCKER), new SystemTime());
    }

    @Override
    protected String originHost() throws InterruptedException {
        return docker("inspect", "--format", "{{.NetworkSettings.Networks.bridge.Gateway}}", names.edge());
    }

    @Override
    protected int port() {
        return port;
    }

    @Override
    protected void restart() throws InterruptedException {
        docker("restart", "--time", "1", names.edge());
    }

    @Test
    void users_of_a_region_that_is_cut_off_are_soon_answered_by_the_primary() throws Exception {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("eu1")));
        String us = names.network(US);
        String address = startOrigin(us);
        try {
            driver.apply(new PoolTarget(
                    US, List.of(new OriginTarget(new ServerName(cutOff), address + ":3000", Weight.FULL))));
            await("the region serves", () -> inTheUs(driver).server().isEmpty());

            Duration took;
            try (Load load = new Load(driver.address(), 50, "US")) {
                docker("network", "disconnect", us, cutOff);
                long cut = System.nanoTime();
                await("the primary answers", () -> inTheUs(driver).server().equals("eu1"));
                took = Duration.ofNanos(System.nanoTime() - cut);
                int soFar = load.sent();
                await("more load", () -> load.sent() > soFar + 100);
                LOG.log(
                        Level.INFO,
                        "cut off for {0} ms; of {1} requests {2} failed",
                        took.toMillis(),
                        load.sent(),
                        load.stop().size());
            }
            assertThat(took).isLessThan(Duration.ofSeconds(8));
        } finally {
            docker("rm", "--force", cutOff);
        }
    }

    @Test
    void a_reload_cuts_nothing_and_keeps_what_the_checks_found() throws Exception {
        TrafficDriver driver = prepared();
        TestOrigin dead = origin(new ServerName("dead"));
        TestOrigin alive = origin(new ServerName("alive"));
        serve(driver, EU, dead, alive);
        dead.close();
        await("it is found dead", () -> health(driver, "dead") == Health.UNHEALTHY);

        try (Load load = new Load(driver.address(), 200, "DE")) {
            await("load", () -> load.sent() > 20);
            TrafficDriver changed = driver(app(Optional.of(SESSION)));
            changed.prepare();
            assertThat(health(changed, "dead")).isEqualTo(Health.UNHEALTHY);
            assertThat(health(changed, "alive")).isEqualTo(Health.HEALTHY);
            assertThat(health(driver, "dead")).as("by the older connection").isEqualTo(Health.UNHEALTHY);
            int before = load.sent();
            await("load", () -> load.sent() > before + 100);
            assertThat(load.stop()).isEmpty();
        }
    }

    @Test
    void an_answer_that_has_begun_may_be_silent_for_longer_than_the_app_may_take_to_begin_one() throws Exception {
        TrafficDriver driver = driver(app(Duration.ofSeconds(1)));
        driver.prepare();
        TestOrigin origin = origin(new ServerName("one"));
        serve(driver, EU, origin);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        CompletableFuture<HttpResponse<String>> stream = client.sendAsync(
                HttpRequest.newBuilder(driver.address().resolve("/stream"))
                        .header("Accept", acceptOfStreams())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await("it has begun", () -> origin.held() == 1);

        assertThat(send(driver, Optional.empty(), "/slow", "").status()).isEqualTo(504);
        assertThat(send(driver, Optional.empty(), "/slow", "").status()).isEqualTo(504);

        assertThat(stream).isNotDone();
        origin.release();
        assertThat(stream.get(1, TimeUnit.MINUTES).body()).isEqualTo("az");
    }

    @Test
    void heads_of_thirty_kilobytes_pass_in_both_directions() throws Exception {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("one")));

        assertThat(send(driver, Optional.empty(), "/", "a=" + "b".repeat(30_000))
                        .status())
                .isEqualTo(200);
        assertThat(send(driver, Optional.empty(), "/head/30000", "").status()).isEqualTo(200);
    }

    @Test
    void shows_of_a_stopped_edge_what_it_would_start_with() throws InterruptedException {
        TrafficDriver driver = prepared();
        TestOrigin one = origin(new ServerName("one"));
        TestOrigin other = origin(new ServerName("other"));
        serve(driver, EU, one, other);
        driver.drain(EU, List.of(new ServerName("other")));
        docker("stop", "--time", "1", names.edge());

        List<Origin> stopped = origins(driver);
        driver.prepare();

        assertThat(stopped)
                .containsExactlyInAnyOrder(
                        new Origin(new ServerName("one"), one.address(), Weight.FULL, false, Health.UNKNOWN, 0),
                        new Origin(new ServerName("other"), other.address(), Weight.NONE, true, Health.UNKNOWN, 0));
        await("it is checked again", () -> health(driver, "other") == Health.HEALTHY);
        assertThat(origins(driver)).hasSize(2);
    }

    @Test
    void comes_back_as_it_was_when_its_container_was_removed() throws InterruptedException {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("one")));
        docker("rm", "--force", names.edge());
        assertThat(driver.observe()).isEmpty();

        driver.prepare();

        await(
                "it serves",
                () -> send(driver, Optional.empty(), "/", "").server().equals("one"));
    }

    @Test
    void says_who_should_yield_when_its_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            TrafficDriver driver = driver(app(Optional.empty()));

            assertThatThrownBy(driver::prepare)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .satisfies(e ->
                            assertThat(((Failure) e).diagnostic().suggestion()).contains("set another traffic.port"));
        }
    }

    /** Starts a container that answers 200 on port 3000 without saying who it is; returns its address. */
    private String startOrigin(String network) throws InterruptedException {
        docker(
                "run",
                "--detach",
                "--name",
                cutOff,
                "--network",
                network,
                "--entrypoint",
                "bash",
                new LocalImage(LocalImage.userCache(), DOCKER).reference(),
                "-c",
                "mkdir /www && cd /www && touch up index.html && exec python3 -m http.server 3000");
        return docker(
                "inspect", "--format", "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}", cutOff);
    }

    private Reply inTheUs(TrafficDriver driver) throws InterruptedException {
        Reply reply = send(driver, Optional.of("US"), "/", "");
        return reply.status() == 200 ? reply : new Reply(reply.status(), "nobody", "");
    }

    private static Health health(TrafficDriver driver, String server) throws InterruptedException {
        return origins(driver).stream()
                .filter(origin -> origin.server().value().equals(server))
                .findFirst()
                .orElseThrow()
                .health();
    }

    private static List<Origin> origins(TrafficDriver driver) throws InterruptedException {
        return driver.observe().stream()
                .flatMap(pool -> pool.origins().stream())
                .toList();
    }

    private static String docker(String... arguments) throws InterruptedException {
        return DOCKER.run(Command.of("docker").with(arguments))
                .expect("docker", "")
                .strip();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
