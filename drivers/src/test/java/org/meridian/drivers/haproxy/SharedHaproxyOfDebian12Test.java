package org.meridian.drivers.haproxy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.model.AppName;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;

/** In the oldest HAProxy that does: 2.6, as Debian 12 has it. */
@Tag("world")
final class SharedHaproxyOfDebian12Test extends SharedHaproxy {
    private static final LocalNames NAMES = new LocalNames(new AppName("shared-debian-12"));
    private static LocalImage debian12;

    @BeforeAll
    static void makeItsImage() throws InterruptedException {
        debian12 = HaproxyOfDebian12Test.image12();
    }

    SharedHaproxyOfDebian12Test() {
        super(NAMES, debian12, HaproxyInAContainer.freePort());
    }

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }
}
