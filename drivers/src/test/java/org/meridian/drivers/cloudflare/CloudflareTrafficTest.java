package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.meridian.core.model.App;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.testkit.TrafficApp;
import org.meridian.testkit.TrafficDriverContract;

/** The contract of traffic drivers, with Cloudflare in this process. */
final class CloudflareTrafficTest extends TrafficDriverContract {
    private static final FakeCloudflare CLOUDFLARE = new FakeCloudflare();
    private static final int ORIGIN_PORT = Stage.freePort();
    private static final AtomicInteger ORIGINS = new AtomicInteger();

    @AfterAll
    static void everyExchangeWasAsOfficiallyDescribed() {
        CLOUDFLARE.close();
        assertThat(CLOUDFLARE.description.violations()).isEmpty();
    }

    @Override
    protected TrafficDriver newDriver(App app) {
        TrafficDriver driver = CLOUDFLARE.driver(TrafficApp.with(
                app,
                new TrafficSettings(
                        new TrafficLayer.Cloudflare(FakeCloudflare.settings(), Optional.empty()),
                        app.traffic().stickyCookie())));
        return CLOUDFLARE.time.whoCalls(TrafficDriver.class, driver);
    }

    /** An address of its own for each, since Cloudflare takes no two origins with the same one. */
    @Override
    protected String originHost() {
        int n = ORIGINS.incrementAndGet();
        return "127.77." + n / 250 + "." + (n % 250 + 1);
    }

    @Override
    protected int originPort() {
        return ORIGIN_PORT;
    }

    @Override
    protected boolean closesConnections() {
        return false;
    }

    @Override
    protected boolean sessionsOutliveDrain() {
        return true;
    }

    @Override
    protected int port() {
        return CLOUDFLARE.edge.port();
    }

    @Override
    protected void restart() {
        CLOUDFLARE.checks.forget();
        CLOUDFLARE.time.skip(Duration.ofMinutes(1));
    }
}
