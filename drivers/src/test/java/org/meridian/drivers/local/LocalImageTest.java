package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;

final class LocalImageTest {
    private final Properties before = (Properties) System.getProperties().clone();
    private final List<Command> ran = new ArrayList<>();
    private final Path cache;

    LocalImageTest(@TempDir Path cache) {
        this.cache = cache;
    }

    @AfterEach
    void restoreTheProperty() {
        System.setProperties(before);
    }

    @Test
    void unpacks_the_packaged_files_and_builds_once() throws Exception {
        LocalImage image = image();

        assertThat(image.reference()).isEqualTo("meridian-machine:abc");
        assertThat(image.reference()).isEqualTo("meridian-machine:abc");

        assertThat(ran).hasSize(1);
        Path build = Path.of(ran.getFirst().argv().get(1));
        assertThat(ran.getFirst().argv().getFirst()).isEqualTo("bash");
        assertThat(build).startsWith(cache).hasFileName("build").isRegularFile();
        assertThat(build.resolveSibling("root/etc/docker/daemon.json")).isRegularFile();
    }

    @Test
    void unpacks_nothing_a_second_time() throws Exception {
        image().reference();
        image().reference();

        try (var directories = Files.list(cache)) {
            assertThat(directories).hasSize(1);
        }
    }

    @Test
    void takes_the_image_that_the_property_names() throws Exception {
        System.setProperty(LocalImage.PROPERTY, "mine:1");

        assertThat(image().reference()).isEqualTo("mine:1");
        assertThat(ran).isEmpty();
    }

    private LocalImage image() {
        return new LocalImage(cache, command -> {
            ran.add(command);
            return new CommandResult(command, 0, "meridian-machine:abc\n", "");
        });
    }
}
