package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
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
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.testkit.TrafficApp;
import org.meridian.testkit.TrafficDriverContract;

/** A HAProxy that another app has too, whose servers come, go and change weight all the time. */
@Tag("world")
final class BesideAnotherAppTest extends TrafficDriverContract {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalNames NAMES = new LocalNames(new AppName("beside-another"));
    private static final AppName OTHER = new AppName("other");
    private static final int PORT = HaproxyInAContainer.freePort();
    private static final LocalEdge MACHINE =
            new LocalEdge(NAMES, new LocalImage(LocalImage.userCache(), DOCKER), PORT, DOCKER);
    private static final HaproxyTraffic OTHERS = new HaproxyTraffic(
            TrafficApp.named(TrafficApp.of(OTHER, PORT, Optional.empty()), "other.example.com"),
            new SharedMachine(OTHER, 80, MACHINE),
            new SystemTime());
    private static final AtomicInteger CHANGES = new AtomicInteger();
    private static volatile boolean over;
    private static Thread changing;

    @BeforeAll
    static void deployTheOther() throws InterruptedException {
        OTHERS.prepare();
        changing = Thread.ofPlatform().daemon().start(BesideAnotherAppTest::changeTheOther);
    }

    @AfterAll
    static void removeTheOther() throws InterruptedException {
        over = true;
        changing.join();
        OTHERS.destroyAll();
        OTHERS.close();
        new LocalNetworks(NAMES, DOCKER).removeAll();
        assertThat(CHANGES.get()).isGreaterThan(50);
    }

    private static void changeTheOther() {
        try {
            for (int i = 0; !over; i++) {
                change(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the contract restarts HAProxy it fails. */
    private static void change(int i) throws InterruptedException {
        try {
            OTHERS.apply(new PoolTarget(
                    EU,
                    List.of(
                            new OriginTarget(new ServerName("n" + i), "192.0.2.1:80", new Weight(i % 100)),
                            new OriginTarget(new ServerName("n" + (i + 1)), "192.0.2.2:80", Weight.NONE))));
            OTHERS.drain(EU, List.of(new ServerName("n" + i)));
            CHANGES.incrementAndGet();
        } catch (Failure e) {
            OTHERS.close();
        }
    }

    @Override
    protected TrafficDriver newDriver(App app) {
        return new HaproxyTraffic(app, new SharedMachine(app.name(), 80, MACHINE), new SystemTime());
    }

    @Override
    protected String originHost() throws InterruptedException {
        return docker("inspect", "--format", "{{.NetworkSettings.Networks.bridge.Gateway}}", NAMES.edge());
    }

    @Override
    protected int port() {
        return PORT;
    }

    @Override
    protected void restart() throws InterruptedException {
        docker("restart", "--time", "1", NAMES.edge());
    }

    private static String docker(String... arguments) throws InterruptedException {
        return DOCKER.run(Command.of("docker").with(arguments))
                .expect("docker", "")
                .strip();
    }
}
