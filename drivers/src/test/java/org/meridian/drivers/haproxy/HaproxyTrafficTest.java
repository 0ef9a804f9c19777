package org.meridian.drivers.haproxy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;

/** The HAProxy that local machines have. */
@Tag("world")
final class HaproxyTrafficTest extends HaproxyInAContainer {
    private static final LocalNames NAMES = new LocalNames(APP);
    private static final int PORT = freePort();
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);

    HaproxyTrafficTest() {
        super(NAMES, PORT);
    }

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }

    @Override
    LocalImage image() {
        return IMAGE;
    }

    @Override
    String acceptOfStreams() {
        return "*/*";
    }
}
