package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;
import org.meridian.testkit.TestOrigin;
import org.meridian.testkit.TrafficApp;

/** A fake Cloudflare with an app of three regions and real origins, for tests of what goes wrong there. */
final class Stage implements AutoCloseable {
    static final RegionName EU = TrafficApp.EU;
    static final RegionName US = TrafficApp.US;
    private static final int PORT = freePort();

    final FakeCloudflare cloudflare = new FakeCloudflare();
    private final List<TestOrigin> origins = new ArrayList<>();
    private final List<CloudflareTraffic> drivers = new ArrayList<>();
    private int count;

    /** The thread that makes it works by Cloudflare's clock until it closes it. */
    Stage() {
        cloudflare.time.enter();
    }

    /** The app, with the usual settings. */
    App app() {
        return app(FakeCloudflare.settings(), Optional.empty());
    }

    App app(CloudflareSettings settings, Optional<String> cookie) {
        return app(new AppName("journal"), settings, cookie);
    }

    App app(AppName name, CloudflareSettings settings, Optional<String> cookie) {
        App app = TrafficApp.of(name, cloudflare.edge.port(), cookie, PORT);
        return TrafficApp.with(
                app, new TrafficSettings(new TrafficLayer.Cloudflare(settings, Optional.empty()), cookie));
    }

    CloudflareTraffic driver() {
        return driver(app());
    }

    CloudflareTraffic driver(App app) {
        CloudflareTraffic driver = cloudflare.driver(app);
        drivers.add(driver);
        return driver;
    }

    CloudflareTraffic driver(String token) {
        CloudflareTraffic driver = cloudflare.driver(app(), token);
        drivers.add(driver);
        return driver;
    }

    CloudflareTraffic prepared() throws InterruptedException {
        CloudflareTraffic driver = driver();
        driver.prepare();
        return driver;
    }

    /** An origin on an address of its own. */
    TestOrigin origin(String name) {
        count++;
        var origin = new TestOrigin(new ServerName(name), "127.78.0." + count, PORT, "_session");
        origins.add(origin);
        return origin;
    }

    /** Serves from these, once Cloudflare finds them healthy. */
    void serve(CloudflareTraffic driver, TestOrigin... serving) throws InterruptedException {
        driver.apply(target(serving));
        await(() -> driver.observe(EU).origins().stream().allMatch(origin -> origin.health() == Health.HEALTHY));
    }

    static PoolTarget target(TestOrigin... serving) {
        return new PoolTarget(
                EU, Stream.of(serving).map(origin -> at(origin, 100)).toList());
    }

    static OriginTarget at(TestOrigin origin, int weight) {
        return new OriginTarget(origin.name(), origin.address(), new Weight(weight));
    }

    static Origin seen(CloudflareTraffic driver, String name) throws InterruptedException {
        return driver.observe(EU).origin(new ServerName(name)).orElseThrow();
    }

    /** What went wrong, which has to be a Failure. */
    static Diagnostic problem(Call call) throws InterruptedException {
        try {
            call.run();
        } catch (Failure e) {
            assertThat(e.diagnostic().suggestion()).isNotEmpty();
            return e.diagnostic();
        }
        throw new AssertionError("nothing went wrong");
    }

    /** Waits by Cloudflare's clock. */
    void await(Condition condition) throws InterruptedException {
        long begun = cloudflare.time.nanos();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(cloudflare.time.nanos() - begun)).isLessThan(Duration.ofMinutes(10));
            cloudflare.time.sleep(Duration.ofMillis(250));
        }
    }

    /** Something that may go wrong. */
    interface Call {
        void run() throws InterruptedException;
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    @Override
    public void close() {
        origins.forEach(TestOrigin::close);
        drivers.forEach(CloudflareTraffic::close);
        cloudflare.time.leave();
        cloudflare.close();
        assertThat(cloudflare.description.violations()).isEmpty();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
