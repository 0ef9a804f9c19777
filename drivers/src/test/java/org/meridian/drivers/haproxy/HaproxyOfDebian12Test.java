package org.meridian.drivers.haproxy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.meridian.core.model.AppName;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;

/** The oldest HAProxy that does: 2.6, as Debian 12 has it. Its streams last where they say that they are events. */
@Tag("world")
final class HaproxyOfDebian12Test extends HaproxyInAContainer {
    private static final LocalNames NAMES = new LocalNames(new AppName("traffic-debian-12"));
    private static final int PORT = freePort();
    private static final Path SCRIPT = Path.of("src/test/resources/org/meridian/drivers/haproxy/debian-12-edge");
    private static LocalImage debian12;

    @BeforeAll
    static void makeItsImage() throws InterruptedException {
        debian12 = image12();
    }

    /** Made where it is not there yet. */
    static LocalImage image12() throws InterruptedException {
        String reference = DOCKER.run(Command.of("bash", SCRIPT.toString()).within(Duration.ofMinutes(10)))
                .expect("making an image of Debian 12", "See what it says.")
                .strip();
        return LocalImage.existing(reference, DOCKER);
    }

    HaproxyOfDebian12Test() {
        super(NAMES, PORT);
    }

    @AfterAll
    static void removeNetworks() throws InterruptedException {
        new LocalNetworks(NAMES, DOCKER).removeAll();
    }

    @Override
    LocalImage image() {
        return debian12;
    }

    @Override
    String acceptOfStreams() {
        return "text/event-stream";
    }
}
