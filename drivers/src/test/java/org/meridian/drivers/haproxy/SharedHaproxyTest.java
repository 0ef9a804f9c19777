package org.meridian.drivers.haproxy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.model.AppName;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;

/** In the HAProxy that local machines have. */
@Tag("world")
final class SharedHaproxyTest extends SharedHaproxy {
    private static final LocalNames NAMES = new LocalNames(new AppName("shared"));
    private static final LocalImage IMAGE = new LocalImage(LocalImage.userCache(), DOCKER);

    SharedHaproxyTest() {
        super(NAMES, IMAGE, HaproxyInAContainer.freePort());
    }

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }
}
