package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.Proxies;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.SshAddress;
import org.meridian.core.model.TrafficLayer;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.core.traffic.EdgeBeforeProxies;
import org.meridian.core.traffic.MachineOrigins;
import org.meridian.core.traffic.OriginName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.testkit.TrafficApp;
import org.meridian.testkit.TrafficDriverContract;

/** An edge that knows a machine only, and HAProxy on that machine, which knows the servers: each in a container of its own. */
@Tag("world")
final class EdgeBeforeProxiesTest extends TrafficDriverContract {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);
    private static final LocalNames EDGE = new LocalNames(new AppName("before-proxies"));
    private static final LocalNames MACHINE = new LocalNames(new AppName("behind-edge"));
    private static final int EDGE_PORT = HaproxyInAContainer.freePort();
    private static final int MACHINE_PORT = HaproxyInAContainer.freePort();
    private static final String NOBODY = "192.0.2.1";

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(EDGE, DOCKER).removeAll();
        new LocalNetworks(MACHINE, DOCKER).removeAll();
    }

    @Override
    protected TrafficDriver newDriver(App app) {
        var time = new SystemTime();
        return new EdgeBeforeProxies(
                app,
                new HaproxyTraffic(beforeProxies(app), new LocalEdge(EDGE, IMAGE, EDGE_PORT, DOCKER), time),
                new HaproxyTraffic(app, new LocalEdge(MACHINE, IMAGE, MACHINE_PORT, DOCKER), time),
                new OneMachine(),
                time,
                event -> {});
    }

    private static App beforeProxies(App app) {
        TrafficSettings traffic = app.traffic();
        var edge = new TrafficLayer.Machine(SshAddress.parse("ops@192.0.2.2"), Optional.empty());
        return TrafficApp.with(
                app,
                new TrafficSettings(
                        new TrafficLayer.Machines(List.of(edge), 80, Optional.of(new Proxies(80, List.of()))),
                        traffic.stickyCookie(),
                        traffic.answerWithin()));
    }

    @Override
    protected String originHost() throws InterruptedException {
        return inspect("Gateway").expect("docker", "").strip();
    }

    @Override
    protected int port() {
        return EDGE_PORT;
    }

    @Override
    protected void restart() throws InterruptedException {
        docker("restart", "--time", "1", EDGE.edge());
        docker("restart", "--time", "1", MACHINE.edge());
    }

    private static CommandResult inspect(String what) throws InterruptedException {
        return docker("inspect", "--format", "{{.NetworkSettings.Networks.bridge." + what + "}}", MACHINE.edge());
    }

    private static CommandResult docker(String... arguments) throws InterruptedException {
        return DOCKER.run(Command.of("docker").with(arguments));
    }

    /** A machine that has the servers of all regions. */
    private static final class OneMachine implements MachineOrigins {
        @Override
        public Map<RegionName, List<OriginTarget>> byRegion() throws InterruptedException {
            CommandResult found = inspect("IPAddress");
            String address = found.succeeded() ? found.output().strip() : NOBODY;
            return Stream.of(EU, US, AP)
                    .collect(toMap(
                            region -> region,
                            region -> List.of(new OriginTarget(OriginName.of(address), address + ":80", Weight.FULL))));
        }

        @Override
        public boolean has(String machine, String server) {
            return true;
        }
    }
}
