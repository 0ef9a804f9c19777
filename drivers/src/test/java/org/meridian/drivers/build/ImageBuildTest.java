package org.meridian.drivers.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;
import org.meridian.drivers.registry.DockerLogins;
import org.meridian.drivers.registry.OciRegistry;

/** Builds with the real Docker Engine, and pushes to a real registry. */
@Tag("world")
final class ImageBuildTest {
    private static final LocalProcesses DOCKER = new LocalProcesses();

    private final List<String> said = new ArrayList<>();
    private final ImageBuild build = new ImageBuild(DOCKER, said::add);
    private final Path context;

    ImageBuildTest(@TempDir Path context) {
        this.context = context;
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nLABEL note=of-a-build\n");
    }

    @AfterEach
    void remove() throws InterruptedException {
        DOCKER.run(Command.of("docker", "rmi", "--no-prune", "meridian-built:v1"));
    }

    @Test
    void an_image_for_this_machine_is_in_its_engine() throws InterruptedException {
        ImageReference built = build.run(request("meridian-built:v1", false));

        assertThat(built).hasToString("meridian-built:v1");
        assertThat(DOCKER.run(Command.of("docker", "image", "inspect", "meridian-built:v1"))
                        .succeeded())
                .isTrue();
        assertThat(said).isNotEmpty();
    }

    @Test
    void an_image_for_others_is_in_their_registry_under_the_digest_that_is_told() throws InterruptedException {
        var names = new LocalNames(new AppName("buildtest"));
        LocalRegistry registry = new LocalRegistry(names, new LocalImage(LocalImage.userCache(), DOCKER), DOCKER);
        build.run(request("meridian-built:v1", false));
        try {
            // The name of what it took from the engine tells where it listens.
            String host =
                    registry.resolve(ImageReference.parse("meridian-built:v1")).registry();

            ImageReference pushed = build.run(request(host + "/team/pushed:v1", true));

            try (OciRegistry asked = new OciRegistry(DockerLogins.ofThisMachine(DOCKER), Optional.empty())) {
                assertThat(asked.resolve(ImageReference.parse(host + "/team/pushed:v1")))
                        .isEqualTo(pushed);
            }
            DOCKER.run(Command.of("docker", "rmi", "--no-prune", host + "/team/pushed:v1"));
        } finally {
            registry.destroy();
        }
    }

    @Test
    void a_build_that_fails_says_which_and_shows_why() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY nothing /\n");

        Failure failure = catchThrowableOfType(Failure.class, () -> build.run(request("meridian-built:v1", false)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessageContaining("docker build --tag meridian-built:v1");
        assertThat(String.join("\n", said)).contains("nothing");
    }

    private BuildRequest request(String image, boolean push) {
        return new BuildRequest(
                ImageReference.parse(image), context, Optional.empty(), Optional.empty(), push, Duration.ofMinutes(5));
    }
}
