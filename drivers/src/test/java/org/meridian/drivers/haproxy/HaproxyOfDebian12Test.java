package org.meridian.drivers.haproxy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;

/** The oldest HAProxy that does: 2.6, as Debian 12 has it. Its streams last where they say that they are events. */
@Tag("world")
final class HaproxyOfDebian12Test extends HaproxyTrafficTest {
    private static final Path SCRIPT = Path.of("src/test/resources/org/meridian/drivers/haproxy/debian-12-edge");
    private static final LocalProcesses PROCESSES = new LocalProcesses();
    private static LocalImage debian12;

    @BeforeAll
    static void makeItsImage() throws InterruptedException {
        String reference = PROCESSES
                .run(Command.of("bash", SCRIPT.toString()).within(Duration.ofMinutes(10)))
                .expect("making an image of Debian 12", "See what it says.")
                .strip();
        debian12 = LocalImage.existing(reference, PROCESSES);
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
