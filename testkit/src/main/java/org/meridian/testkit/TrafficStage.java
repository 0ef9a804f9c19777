package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.TrafficDriver;

/**
 * What a contract of traffic drivers needs: a driver of an app in three regions, origins on this machine, and users
 * who send requests.
 */
public abstract class TrafficStage {
    /** The app that the driver must be for. */
    protected static final AppName APP = new AppName("traffic-contract");

    /** The primary region, in Germany. */
    protected static final RegionName EU = TrafficApp.EU;

    /** A region in California. */
    protected static final RegionName US = TrafficApp.US;

    /** A region in Singapore. */
    protected static final RegionName AP = TrafficApp.AP;

    /** The app's session cookie, where an app keeps users on one origin. */
    protected static final String SESSION = "_session";

    static final Duration PATIENCE = Duration.ofMinutes(5);
    private final HttpClient users = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    final List<TestOrigin> origins = new ArrayList<>();
    private final List<TrafficDriver> drivers = new ArrayList<>();

    /** A driver of the app; of the same traffic layer, each time it is called within a test. */
    protected abstract TrafficDriver newDriver(App app) throws InterruptedException;

    /** An address of this machine that the traffic layer reaches origins at; asked once the layer is made. */
    protected abstract String originHost() throws InterruptedException;

    /** The port that every origin listens on, where the traffic layer wants the same of all; 0 for a free one of each. */
    protected int originPort() {
        return 0;
    }

    /** Whether a user with a session may still reach a drained origin, as long as it counts something in flight. */
    protected boolean sessionsOutliveDrain() {
        return false;
    }

    /** Whether the traffic layer can close what is connected to an origin. */
    protected boolean closesConnections() {
        return true;
    }

    /** Where users reach the traffic layer on 127.0.0.1, where it runs there. */
    protected abstract int port();

    /** Stops the traffic layer and starts it again, with nothing but what it keeps itself. */
    protected abstract void restart() throws InterruptedException;

    @AfterEach
    final void removeEverything() throws InterruptedException {
        origins.forEach(TestOrigin::close);
        drivers.getFirst().destroyAll();
        drivers.forEach(TrafficDriver::close);
    }

    /** A driver of the app in three regions, ready for origins. */
    protected final TrafficDriver prepared() throws InterruptedException {
        TrafficDriver driver = driver(app(Optional.empty()));
        driver.prepare();
        return driver;
    }

    /** A driver that is closed after the test. */
    protected final TrafficDriver driver(App app) throws InterruptedException {
        TrafficDriver driver = newDriver(app);
        drivers.add(driver);
        return driver;
    }

    /** The app in three regions, with or without a session cookie that keeps users on an origin. */
    protected final App app(Optional<String> stickyCookie) {
        return TrafficApp.of(APP, port(), stickyCookie, originPort());
    }

    /** The app without a session cookie, that may take this long to begin an answer. */
    protected final App app(Duration answerWithin) {
        App app = app(Optional.empty());
        TrafficSettings traffic = app.traffic();
        return TrafficApp.with(
                app,
                new TrafficSettings(
                        traffic.layer(), traffic.stickyCookie(), answerWithin, traffic.hosts(), traffic.senders()));
    }

    /** Starts an origin that answers with this name. */
    protected final TestOrigin origin(ServerName name) throws InterruptedException {
        var origin = new TestOrigin(name, originHost(), originPort(), SESSION);
        origins.add(origin);
        return origin;
    }

    /** Makes a pool of these origins with full weight, and waits until all are healthy. */
    protected final void serve(TrafficDriver driver, RegionName region, TestOrigin... serving)
            throws InterruptedException {
        driver.apply(new PoolTarget(
                region, Stream.of(serving).map(origin -> at(origin, 100)).toList()));
        for (TestOrigin origin : serving) {
            awaitHealth(driver, region, origin.name(), Health.HEALTHY);
        }
    }

    /** An origin as a pool's target has it. */
    protected static OriginTarget at(TestOrigin origin, int weight) {
        return new OriginTarget(origin.name(), origin.address(), new Weight(weight));
    }

    /** Waits until something holds, and fails when it does not soon. */
    protected static void await(String what, Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(PATIENCE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Something that becomes true. */
    @FunctionalInterface
    protected interface Condition {
        /** Whether it is true now. */
        boolean holds() throws InterruptedException;
    }

    /** What a user gets: the status, the origin that answered, and the cookies it set. */
    public record Reply(int status, String server, String cookie) {}

    /** Sends one request as a user from a country. */
    protected final Reply send(TrafficDriver driver, Optional<String> country, String path, String cookies)
            throws InterruptedException {
        try {
            return reply(users.send(request(driver, country, path, cookies), HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            return new Reply(0, e.toString(), "");
        }
    }

    final TrafficDriver threeRegions() throws InterruptedException {
        TrafficDriver driver = prepared();
        serve(driver, EU, origin(new ServerName("eu1")));
        serve(driver, US, origin(new ServerName("us1")));
        serve(driver, AP, origin(new ServerName("ap1")));
        return driver;
    }

    final CompletableFuture<Reply> sendLater(
            TrafficDriver driver, Optional<String> country, String path, String cookies) {
        return users.sendAsync(request(driver, country, path, cookies), HttpResponse.BodyHandlers.discarding())
                .thenApply(TrafficStage::reply);
    }

    private static HttpRequest request(TrafficDriver driver, Optional<String> country, String path, String cookies) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(driver.address().resolve(path)).timeout(PATIENCE);
        country.ifPresent(code -> request.header("CF-IPCountry", code));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return request.build();
    }

    private static Reply reply(HttpResponse<Void> response) {
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("X-Served-By").orElse(""),
                String.join(
                        "; ",
                        response.headers().allValues("Set-Cookie").stream()
                                .map(cookie -> cookie.split(";", -1)[0])
                                .toList()));
    }

    final int status(TrafficDriver driver, Optional<String> country) throws InterruptedException {
        return send(driver, country, "/", "").status();
    }

    final String server(TrafficDriver driver, Optional<String> country) throws InterruptedException {
        return send(driver, country, "/", "").server();
    }

    final List<String> ask(TrafficDriver driver, int times) throws InterruptedException {
        return ask(driver, times, "");
    }

    final List<String> ask(TrafficDriver driver, int times, String cookies) throws InterruptedException {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Reply reply = send(driver, Optional.empty(), "/", cookies);
            assertThat(reply.status()).as(reply.server()).isEqualTo(200);
            servers.add(reply.server());
        }
        return servers;
    }

    final Reply await(TrafficDriver driver, Optional<String> country, String path, String cookies, String server)
            throws InterruptedException {
        List<Reply> replies = new ArrayList<>();
        await("an answer of " + server, () -> {
            replies.add(send(driver, country, path, cookies));
            return replies.getLast().server().equals(server);
        });
        return replies.getLast();
    }

    static int count(List<String> servers, String server) {
        return (int) IntStream.range(0, servers.size())
                .filter(i -> servers.get(i).equals(server))
                .count();
    }

    static void awaitHealth(TrafficDriver driver, RegionName region, ServerName server, Health health)
            throws InterruptedException {
        await(server + " is " + health, () -> seen(driver, region, server).health() == health);
    }

    /** Waits until an origin answers no request any more, as far as the traffic layer knows. */
    static void awaitIdle(TrafficDriver driver, RegionName region, ServerName server) throws InterruptedException {
        await(
                "nothing is in flight at " + server,
                () -> seen(driver, region, server).inFlight() == 0);
    }

    static Pool pool(TrafficDriver driver, RegionName region) throws InterruptedException {
        return driver.observe().stream()
                .filter(pool -> pool.region().equals(region))
                .findFirst()
                .orElseThrow();
    }

    static Origin seen(TrafficDriver driver, RegionName region, ServerName server) throws InterruptedException {
        return pool(driver, region).origin(server).orElseThrow();
    }

    static Stream<Origin> origins(TrafficDriver driver) throws InterruptedException {
        return driver.observe().stream().flatMap(pool -> pool.origins().stream());
    }

    static List<Pool> sorted(List<Pool> pools) {
        return pools.stream()
                .sorted(Comparator.comparing(Pool::region))
                .map(pool -> new Pool(
                        pool.region(),
                        pool.origins().stream()
                                .sorted(Comparator.comparing(Origin::server))
                                .toList()))
                .toList();
    }
}
