package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
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
import org.meridian.core.rollout.SystemTime;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.EdgeMachine;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.testkit.Load;
import org.meridian.testkit.TestOrigin;
import org.meridian.testkit.TrafficApp;

/** Several apps in one HAProxy: what is done for one of them users of another don't notice. */
@Tag("world")
abstract class SharedHaproxy {
    static final LocalProcesses DOCKER = new LocalProcesses();
    private static final RegionName EU = TrafficApp.EU;
    private static final String JOURNAL = "journal.example.com";
    private static final String SHOP = "shop.example.com";

    private final LocalNames names;
    private final int port;
    private final LocalEdge machine;
    private final List<HaproxyTraffic> drivers = new ArrayList<>();
    private final List<TestOrigin> origins = new ArrayList<>();

    SharedHaproxy(LocalNames names, LocalImage image, int port) {
        this.names = names;
        this.port = port;
        this.machine = new LocalEdge(names, image, port, DOCKER);
    }

    @BeforeEach
    void startHaproxy() throws InterruptedException {
        machine.ensure(List.of());
    }

    @AfterEach
    void removeEverything() throws InterruptedException {
        origins.forEach(TestOrigin::close);
        drivers.forEach(HaproxyTraffic::close);
        machine.destroy();
    }

    @Test
    void users_of_one_app_notice_nothing_of_another_that_comes_changes_and_goes() throws Exception {
        HaproxyTraffic journal = serving("journal", JOURNAL);
        String before = processes();
        try (Load load = new Load(machine.address(), JOURNAL, 200, "DE")) {
            load.awaitSent(50);
            HaproxyTraffic shop = serving("shop", SHOP);
            assertThat(processes()).as("it was reloaded").isNotEqualTo(before);
            assertThat(ask(SHOP)).isEqualTo("200 shop");
            assertThat(ask(SHOP.toUpperCase(Locale.ROOT) + ":8080")).isEqualTo("200 shop");
            assertThat(ask("nobody.example.com")).isEqualTo("421 ");

            HaproxyTraffic changed = driver(TrafficApp.named(app("shop", Optional.of("_session")), SHOP));
            changed.prepare();
            changed.drain(EU, List.of(new ServerName("shop")));
            load.awaitSent(load.sent() + 200);
            assertThat(health(journal, "journal")).isEqualTo(Health.HEALTHY);
            assertThat(targets(journal)).hasSize(1);

            shop.destroyAll();
            assertThat(ask(SHOP)).isEqualTo("421 ");
            assertThat(changed.observe()).isEmpty();
            load.awaitSent(load.sent() + 200);
            assertThat(load.stop()).isEmpty();
        }
        assertThat(ask(JOURNAL)).isEqualTo("200 journal");
        journal.destroyAll();
        assertThat(machine.exists()).as("the last one takes HAProxy with it").isFalse();
    }

    @Test
    void an_app_without_names_gets_what_no_other_app_has() throws Exception {
        serving("journal");
        serving("shop", SHOP);

        assertThat(ask(SHOP)).isEqualTo("200 shop");
        assertThat(ask("anything.example.com")).isEqualTo("200 journal");
    }

    @Test
    void the_proxy_protocol_says_who_the_user_is_from_the_addresses_named_and_from_nobody_else() throws Exception {
        App app = app("journal", Optional.empty());
        HaproxyTraffic journal = driver(TrafficApp.with(
                app,
                new TrafficSettings(
                        app.traffic().layer(),
                        Optional.empty(),
                        app.traffic().answerWithin(),
                        List.of(),
                        List.of("127.0.0.1"))));
        journal.prepare();
        TestOrigin origin = origin("journal");
        journal.apply(new PoolTarget(EU, List.of(new OriginTarget(origin.name(), origin.address(), Weight.FULL))));
        await(() -> health(journal, "journal") == Health.HEALTHY);
        String line = "PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n";
        String request = "GET /user HTTP/1.1\r\nHost: a.example.com\r\nConnection: close\r\n\r\n";
        Command inside = Command.of("socat", "-t30", "-", "TCP:127.0.0.1:80");

        assertThat(machine.run(inside.reading(line + request)).output())
                .containsIgnoringCase("x-user: 203.0.113.9")
                .startsWith("HTTP/1.1 200");
        assertThat(machine.run(inside.reading(request)).output()).doesNotContain("200");
        assertThat(ask("a.example.com")).as("from another address").isEqualTo("200 journal");
    }

    @Test
    void a_name_that_another_app_has_is_refused_and_everything_stays_as_it_is() throws Exception {
        serving("journal", JOURNAL);
        HaproxyTraffic thief = driver(TrafficApp.named(app("thief", Optional.empty()), "mine.example.com", JOURNAL));

        assertThatThrownBy(thief::prepare)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(JOURNAL)
                .hasMessageContaining("the app journal");

        assertThat(ask(JOURNAL)).isEqualTo("200 journal");
        assertThat(thief.observe()).isEmpty();
        serving("shop", SHOP);
    }

    @Test
    void a_port_that_something_else_has_is_refused_and_the_others_serve_on() throws Exception {
        serving("journal", JOURNAL);
        App shop = TrafficApp.named(app("shop", Optional.empty()), SHOP);
        HaproxyTraffic elsewhere = driver(shop, new SharedMachine(shop.name(), 81, machine));
        Process listening = machine.open(Command.of("socat", "TCP-LISTEN:81,fork,reuseaddr", "PIPE"));
        try (Load load = new Load(machine.address(), JOURNAL, 100, "DE")) {
            await(() -> machine.run(Command.of("socat", "-u", "OPEN:/dev/null", "TCP:127.0.0.1:81"))
                    .succeeded());

            assertThatThrownBy(elsewhere::prepare)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("something else than HAProxy listens at port 81");

            load.awaitSent(load.sent() + 50);
            assertThat(load.stop()).isEmpty();
        } finally {
            listening.destroyForcibly();
            machine.run(Command.of("bash", "-c", "kill $(pgrep -f TCP-LISTEN:81)"));
        }
        elsewhere.prepare();
        assertThat(ask(JOURNAL)).isEqualTo("200 journal");
    }

    @Test
    void what_haproxy_does_not_take_up_is_put_back() throws Exception {
        serving("journal", JOURNAL);
        String before = machine.read(EdgeFiles.CONFIGURATION).orElseThrow();
        App shop = TrafficApp.named(app("shop", Optional.empty()), SHOP);
        HaproxyTraffic stuck = driver(shop, new SharedMachine(shop.name(), 80, machine) {
            private boolean failed;

            @Override
            public void reload() throws InterruptedException {
                if (!failed) {
                    failed = true;
                    throw Failure.noAnswer(Diagnostic.of("test", "no answer", ""));
                }
                super.reload();
            }
        });

        assertThatThrownBy(stuck::prepare).isInstanceOf(Failure.class).hasMessageContaining("no answer");

        assertThat(machine.read(EdgeFiles.CONFIGURATION)).contains(before);
        assertThat(ask(JOURNAL)).isEqualTo("200 journal");
        stuck.prepare();
        assertThat(stuck.observe()).hasSize(3);
    }

    @Test
    void a_change_that_loses_the_lock_midway_is_made_again() throws Exception {
        App journal = TrafficApp.named(app("journal", Optional.empty()), JOURNAL);
        HaproxyTraffic cut = driver(journal, new SharedMachine(journal.name(), 80, machine) {
            private Optional<Process> first = Optional.empty();

            @Override
            public Process open(Command command) throws InterruptedException {
                Process opened = super.open(command);
                if (first.isEmpty() && command.argv().getFirst().equals("bash")) {
                    first = Optional.of(opened);
                }
                return opened;
            }

            @Override
            public void reload() throws InterruptedException {
                super.reload();
                first.orElseThrow().destroyForcibly();
            }
        });

        cut.prepare();

        assertThat(cut.observe()).hasSize(3);
        assertThat(machine.read(EdgeFiles.CONFIGURATION + ".former")).isEmpty();
        assertThat(machine.read(EdgeFiles.STATE)).contains("");
    }

    @Test
    void what_was_written_and_not_made_is_written_again_by_the_change_that_haproxy_already_has() throws Exception {
        HaproxyTraffic journal = serving("journal", JOURNAL);
        List<OriginTarget> running = targets(journal);
        String serving = machine.read(EdgeFiles.CONFIGURATION).orElseThrow();
        writeWithoutMaking(serving);

        journal.apply(new PoolTarget(EU, running));

        assertThat(machine.read(EdgeFiles.CONFIGURATION)).contains(serving);

        journal.drain(EU, List.of(new ServerName("journal")));
        String drained = machine.read(EdgeFiles.CONFIGURATION).orElseThrow();
        writeWithoutMaking(drained);

        journal.drain(EU, List.of(new ServerName("journal")));

        assertThat(machine.read(EdgeFiles.CONFIGURATION)).contains(drained);
    }

    /** As a change does that is cut off before it is made. */
    private void writeWithoutMaking(String configuration) throws InterruptedException {
        String other = configuration.replaceAll("weight \\d+", "weight 7");
        assertThat(other).isNotEqualTo(configuration);
        give("haproxy.cfg", other);
    }

    @Test
    void two_apps_that_are_deployed_at_the_same_moment_wait_for_each_other() throws Exception {
        HaproxyTraffic journal = serving("journal", JOURNAL);
        TestOrigin origin = origin("shop");
        CompletableFuture<Void> shop = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 5; i++) {
                deploy(TrafficApp.named(app("shop", Optional.of("c" + i)), SHOP), origin);
            }
        });
        List<OriginTarget> wanted = List.of();
        for (int i = 0; !shop.isDone() || i < 20; i++) {
            wanted = List.of(
                    new OriginTarget(
                            new ServerName("journal"), origins.getFirst().address(), Weight.FULL),
                    new OriginTarget(new ServerName("j" + i), "192.0.2.1:80", new Weight(i % 100)));
            journal.apply(new PoolTarget(EU, wanted));
            assertThat(targets(journal)).containsExactlyInAnyOrderElementsOf(wanted);
        }
        shop.get(5, TimeUnit.MINUTES);

        assertThat(targets(journal)).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(ask(SHOP)).isEqualTo("200 shop");
    }

    @Test
    void what_an_earlier_version_had_alone_is_taken_over_without_a_failed_request() throws Exception {
        TestOrigin alive = origin("alive");
        TestOrigin dead = origin("dead");
        TestOrigin drained = origin("drained");
        String address = dead.address();
        dead.close();
        give("countries.map", "DE /pool-eu/pool-us/pool-ap\n");
        give("draining.map", "alive serving\ndead serving\ndrained draining\n");
        give("servers.state", "");
        give(
                "haproxy.cfg",
                Template.of("earlier.cfg")
                        .with("alive", alive.address())
                        .with("dead", address)
                        .with("drained", drained.address())
                        .text());
        machine.reload();
        HaproxyTraffic journal = alone(app("journal", Optional.of("_session")));
        await(() -> health(journal, "dead") == Health.UNHEALTHY && health(journal, "drained") == Health.HEALTHY);
        List<Pool> before = journal.observe();
        assertThat(before).hasSize(3);

        try (Load load = new Load(machine.address(), 200, "DE")) {
            load.awaitSent(50);
            journal.prepare();
            assertThat(journal.observe())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("origins.inFlight")
                    .containsExactlyInAnyOrderElementsOf(before);
            serving("shop", SHOP);
            load.awaitSent(load.sent() + 200);
            assertThat(load.stop()).isEmpty();
        }
        assertThat(ask(SHOP)).isEqualTo("200 shop");
        assertThat(machine.read("/etc/haproxy/draining.map")).isEmpty();
    }

    @Test
    void what_an_earlier_version_had_alone_is_taken_over_by_the_first_change_too() throws Exception {
        TestOrigin one = origin("one");
        give("countries.map", "");
        give("draining.map", "alive serving\n");
        give("servers.state", "");
        give(
                "haproxy.cfg",
                Template.of("earlier.cfg")
                        .with("alive", one.address())
                        .with("dead", one.address())
                        .with("drained", one.address())
                        .text());
        machine.reload();
        HaproxyTraffic journal = alone(app("journal", Optional.empty()));
        await(() -> !journal.observe().isEmpty());

        journal.drain(EU, List.of(new ServerName("alive")));

        assertThat(journal.observe(EU).origin(new ServerName("alive")).orElseThrow())
                .returns(true, Origin::draining)
                .returns(Weight.NONE, Origin::weight);
        assertThat(machine.read(EdgeFiles.part(new AppName("journal")))).isPresent();
    }

    private void deploy(App app, TestOrigin origin) {
        try {
            HaproxyTraffic driver = driver(app);
            driver.prepare();
            driver.apply(new PoolTarget(EU, List.of(new OriginTarget(origin.name(), origin.address(), Weight.FULL))));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An app with a server that has its name, which users ask for by these names. */
    private HaproxyTraffic serving(String app, String... hosts) throws InterruptedException {
        HaproxyTraffic driver = driver(TrafficApp.named(app(app, Optional.empty()), hosts));
        driver.prepare();
        TestOrigin origin = origin(app);
        driver.apply(new PoolTarget(EU, List.of(new OriginTarget(origin.name(), origin.address(), Weight.FULL))));
        await(() -> health(driver, app) == Health.HEALTHY);
        return driver;
    }

    private App app(String name, Optional<String> cookie) {
        return TrafficApp.of(new AppName(name), port, cookie);
    }

    private HaproxyTraffic driver(App app) {
        return driver(app, new SharedMachine(app.name(), 80, machine));
    }

    private synchronized HaproxyTraffic driver(App app, EdgeMachine there) {
        var driver = new HaproxyTraffic(app, there, new SystemTime());
        drivers.add(driver);
        return driver;
    }

    /** That of an earlier version. */
    private HaproxyTraffic alone(App app) {
        return driver(app, machine);
    }

    private TestOrigin origin(String name) throws InterruptedException {
        String gateway = DOCKER.run(Command.of(
                        "docker", "inspect", "--format", "{{.NetworkSettings.Networks.bridge.Gateway}}", names.edge()))
                .expect("docker", "")
                .strip();
        origins.add(new TestOrigin(new ServerName(name), gateway, "_session"));
        return origins.getLast();
    }

    private static List<OriginTarget> targets(HaproxyTraffic driver) throws InterruptedException {
        return driver.observe(EU).origins().stream()
                .map(origin -> new OriginTarget(origin.server(), origin.address(), origin.weight()))
                .toList();
    }

    private static Health health(HaproxyTraffic driver, String server) throws InterruptedException {
        return driver.observe().stream()
                .flatMap(pool -> pool.origins().stream())
                .filter(origin -> origin.server().value().equals(server))
                .map(Origin::health)
                .findFirst()
                .orElse(Health.UNKNOWN);
    }

    /** The status, and the server that answered; over a connection of its own, since a kept one stays with a former process. */
    private String ask(String host) throws InterruptedException {
        try (HttpClient users =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<Void> answer = users.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .header("Host", host)
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() + " "
                    + answer.headers().firstValue("X-Served-By").orElse("");
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Their numbers. */
    private String processes() throws InterruptedException {
        return machine.run(Command.of("pgrep", "haproxy")).expect("looking for HAProxy", "");
    }

    private void give(String file, String text) throws InterruptedException {
        machine.run(Command.of("sh", "-c", "cat > /etc/haproxy/" + file).reading(text))
                .expect("writing " + file, "");
    }

    private static void await(Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(5));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }
}
