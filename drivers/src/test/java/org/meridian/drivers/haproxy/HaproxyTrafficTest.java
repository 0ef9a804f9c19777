package org.meridian.drivers.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.model.App;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.TrafficDriver;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalEdge;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import org.meridian.testkit.TrafficDriverContract;

/** HAProxy in a real container. */
@Tag("world")
final class HaproxyTrafficTest extends TrafficDriverContract {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalNames NAMES = new LocalNames(APP);
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);
    private static final int PORT = freePort();

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }

    @Override
    protected TrafficDriver newDriver(App app) {
        return new HaproxyTraffic(app, new EdgeInContainer(new LocalEdge(NAMES, IMAGE, app, DOCKER)), new SystemTime());
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
