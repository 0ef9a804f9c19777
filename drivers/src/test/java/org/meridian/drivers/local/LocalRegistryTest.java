package org.meridian.drivers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.registry.DockerLogins;
import org.meridian.drivers.registry.OciRegistry;

/** The local registry on a real Docker Engine. */
@Tag("world")
final class LocalRegistryTest {
    private static final LocalProcesses DOCKER = new LocalProcesses();
    private static final LocalImage MACHINE = new LocalImage(LocalImage.userCache(), DOCKER);
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com:5000/team/meridian-note:v1");

    private final List<String> ran = new ArrayList<>();
    private final CommandRunner docker = command -> {
        ran.add(command.argv().get(1));
        return DOCKER.run(command);
    };
    private final LocalRegistry registry = new LocalRegistry(new LocalNames(new AppName("regtest")), MACHINE, docker);

    @BeforeEach
    void buildAnImage() throws InterruptedException {
        DOCKER.run(Command.of("env", "DOCKER_BUILDKIT=0", "docker", "build", "--tag", IMAGE.toString(), "-")
                        .reading("FROM scratch\nLABEL note=for-a-test\n"))
                .expect("building", "");
    }

    @AfterEach
    void removeEverything() throws InterruptedException {
        registry.destroy();
        DOCKER.run(RegistryCommands.untag(IMAGE));
    }

    @Test
    void gives_an_image_a_name_by_digest_that_can_be_pulled() throws InterruptedException {
        ImageReference resolved = registry.resolve(IMAGE);

        assertThat(resolved.toString()).matches("127\\.0\\.0\\.1:[0-9]+/team/meridian-note@sha256:[0-9a-f]{64}");
        assertThat(DOCKER.run(RegistryCommands.pull(resolved)).succeeded()).isTrue();
        DOCKER.run(RegistryCommands.untag(resolved));
    }

    @Test
    void answers_like_any_registry() throws InterruptedException {
        ImageReference resolved = registry.resolve(IMAGE);

        try (OciRegistry asked = new OciRegistry(DockerLogins.ofThisMachine(DOCKER), Optional.empty())) {
            assertThat(asked.resolve(resolved)).isEqualTo(resolved);
            assertThatThrownBy(() -> asked.resolve(resolved.withTag("never-pushed")))
                    .hasMessageContaining("has no image");
        }
    }

    @Test
    void is_not_left_behind_by_a_command_that_only_looked() throws InterruptedException {
        ImageReference resolved = registry.resolve(IMAGE);
        LocalRegistry later = new LocalRegistry(new LocalNames(new AppName("regtest")), MACHINE, docker);

        assertThat(later.resolve(IMAGE)).isEqualTo(resolved);
        later.close();
        assertThat(DOCKER.run(Command.of("docker", "inspect", registry.host())).succeeded())
                .as("one that was there before")
                .isTrue();
        registry.close();

        assertThat(DOCKER.run(Command.of("docker", "inspect", registry.host())).succeeded())
                .isFalse();
    }

    @Test
    void pushes_an_image_once() throws InterruptedException {
        ImageReference first = registry.resolve(IMAGE);
        ran.clear();

        assertThat(registry.resolve(IMAGE)).isEqualTo(first);
        assertThat(ran).doesNotContain("push");
    }

    @Test
    void takes_its_own_digests_as_they_are() throws InterruptedException {
        ImageReference resolved = registry.resolve(IMAGE);

        assertThat(registry.resolve(resolved)).isEqualTo(resolved);
    }

    @Test
    void leaves_no_name_of_its_own_in_the_engine() throws InterruptedException {
        ImageReference resolved = registry.resolve(IMAGE);

        assertThat(DOCKER.run(Command.of("docker", "image", "ls", "--quiet", resolved.repository()))
                        .output())
                .isEmpty();
    }

    @Test
    void keeps_its_port_when_it_was_stopped() throws InterruptedException {
        ImageReference before = registry.resolve(IMAGE);
        DOCKER.run(Command.of("docker", "kill", "meridian-regtest-registry")).expect("stopping", "");

        assertThat(registry.resolve(IMAGE)).isEqualTo(before);
    }

    @Test
    void says_what_to_do_about_an_image_that_is_nowhere() {
        ImageReference missing = ImageReference.parse("127.0.0.1:1/none:v9");

        assertThatThrownBy(() -> registry.resolve(missing))
                .hasMessageContaining("there is no image 127.0.0.1:1/none:v9")
                .satisfies(e -> assertThat(((Failure) e).kind()).isEqualTo(Failure.Kind.USAGE))
                .satisfies(e -> assertThat(((Failure) e).diagnostic().suggestion())
                        .contains("docker pull 127.0.0.1:1/none:v9", "--image"));
    }
}
