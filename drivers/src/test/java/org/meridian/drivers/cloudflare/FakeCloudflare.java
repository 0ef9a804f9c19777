package org.meridian.drivers.cloudflare;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meridian.core.model.App;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;

/**
 * Cloudflare in this process, as far as Meridian knows it: an account with one zone behind an API, checks of real
 * origins, and an edge that real users reach. Its time, and that of its drivers, runs faster than the world's.
 */
final class FakeCloudflare implements AutoCloseable {
    /** The hostname of the load balancer. */
    static final String HOSTNAME = "journal.example.com";

    /** The first two are of the world's clock, which a busy machine delays. */
    private static final Patience PATIENCE =
            new Patience(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(6));

    private static final int SPEED = 25;

    private final Underway requests = new Underway();
    final FastTime time;
    final FakeAccount account;
    final FakeChecks checks;
    final FakeFaults faults;
    final OfficialDescription description = OfficialDescription.load();
    final FakeApi api;
    final FakeEdge edge;
    final List<String> notes = new CopyOnWriteArrayList<>();

    FakeCloudflare() {
        this.time = new FastTime(SPEED, requests::late);
        this.account = new FakeAccount(time);
        this.checks = new FakeChecks(account, time);
        this.faults = new FakeFaults(time);
        this.api = new FakeApi(account, checks, faults, description, time);
        this.edge = new FakeEdge(new FakeSteering(account, checks), requests);
    }

    /** Settings that the fake's plan takes. */
    static CloudflareSettings settings() {
        CloudflareSettings usual = new CloudflareSettings(HOSTNAME);
        return new CloudflareSettings(
                HOSTNAME,
                usual.zone(),
                usual.account(),
                usual.steering(),
                usual.affinity(),
                true,
                Duration.ofSeconds(10),
                usual.api());
    }

    CloudflareTraffic driver(App app) {
        return driver(app, FakeApi.TOKEN);
    }

    CloudflareTraffic driver(App app, String token) {
        return new CloudflareTraffic(app, client(token), publicAddress(), time, notes::add);
    }

    /** One for a deployer that has a clock of its own. */
    CloudflareTraffic driver(App app, Patience patience, Time clock) {
        CloudflareApi client = new CloudflareApi(api.base(), Secret.of(FakeApi.TOKEN), patience, clock, notes::add);
        return new CloudflareTraffic(app, client, publicAddress(), clock, notes::add);
    }

    CloudflareApi client(String token) {
        return new CloudflareApi(api.base(), Secret.of(token), PATIENCE, time, notes::add);
    }

    /** A client of what answers at an address. */
    CloudflareApi client(URI address, Patience patience) {
        return new CloudflareApi(address, Secret.of(FakeApi.TOKEN), patience, time, notes::add);
    }

    /** Where users reach it. */
    URI publicAddress() {
        return URI.create("http://127.0.0.1:" + edge.port() + "/");
    }

    @Override
    public void close() {
        api.close();
        edge.close();
        checks.close();
        time.close();
    }
}
