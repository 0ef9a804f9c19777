package org.meridian.drivers.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.ImageReference;

final class BuildCommandsTest {
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com/journal:v1");

    @Test
    void builds_for_the_engine_with_its_own_file_and_platform() {
        var request = new BuildRequest(
                IMAGE,
                Path.of("app"),
                Optional.of(Path.of("app/Dockerfile.web")),
                Optional.of("linux/amd64"),
                false,
                Duration.ofMinutes(5));

        assertThat(new BuildCommands(request).build())
                .hasToString("docker build --tag registry.example.com/journal:v1 --file app/Dockerfile.web"
                        + " --platform linux/amd64 app");
    }

    @Test
    void pushes_in_one_go_where_buildx_is_there() {
        var request =
                new BuildRequest(IMAGE, Path.of("."), Optional.empty(), Optional.empty(), true, Duration.ofMinutes(5));

        assertThat(new BuildCommands(request).buildAndPush(Path.of("made.json")))
                .hasToString("docker buildx build --push --metadata-file made.json"
                        + " --tag registry.example.com/journal:v1 .");
        assertThat(new BuildCommands(request).buildAndPush(Path.of("made.json")).timeout())
                .isEqualTo(Duration.ofMinutes(5));
    }
}
