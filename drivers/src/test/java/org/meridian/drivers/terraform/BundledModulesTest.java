package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.testkit.terraform.InstalledTerraform;

/** The modules that come with Meridian, as they lie in the repository. */
final class BundledModulesTest {
    static final Path MODULES =
            Files.isDirectory(Path.of("../terraform")) ? Path.of("../terraform") : Path.of("terraform");

    private final LocalProcesses processes = new LocalProcesses();

    @ParameterizedTest
    @EnumSource(names = "TERRAFORM", mode = Mode.EXCLUDE)
    void are_packaged_whole(FleetProvider provider) throws IOException {
        try (Stream<Path> files = Files.list(MODULES.resolve(provider.word()))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tf")))
                    .containsExactlyInAnyOrderElementsOf(provider.files());
        }
        for (String file : provider.files()) {
            assertThat(FleetProvider.class.getResource("modules/" + provider.word() + "/" + file))
                    .as(file)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TERRAFORM", mode = Mode.EXCLUDE)
    void need_the_version_that_the_root_module_pins(FleetProvider provider) throws IOException {
        String versions = Files.readString(MODULES.resolve(provider.word()).resolve("versions.tf"));
        Object pinned = provider.required().get(provider.word());

        assertThat(pinned).isInstanceOf(Map.class);
        ((Map<?, ?>) pinned).values().forEach(value -> assertThat(versions).contains("\"" + value + "\""));
    }

    @Test
    void make_a_droplet_that_can_always_be_deleted_and_only_behind_its_firewall() throws IOException {
        String module = Files.readString(MODULES.resolve("digitalocean/main.tf"));
        String droplet = module.substring(module.indexOf("resource \"digitalocean_droplet\""));

        assertThat(droplet)
                .contains("graceful_shutdown = false\n")
                .contains("depends_on = [digitalocean_firewall.servers]\n");
        assertThat(droplet.substring(droplet.indexOf("ignore_changes"))).doesNotContain("graceful_shutdown");
    }

    @Test
    void are_formatted_as_terraform_does() throws InterruptedException {
        InstalledTerraform.require();

        assertThat(processes
                        .run(Command.of("terraform", "fmt", "-check", "-recursive", MODULES.toString()))
                        .output())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "TERRAFORM", mode = Mode.EXCLUDE)
    void are_valid(FleetProvider provider, @TempDir Path directory) throws Exception {
        InstalledTerraform.require();
        for (String file : provider.files()) {
            Files.copy(MODULES.resolve(provider.word()).resolve(file), directory.resolve(file));
        }
        Path settings =
                InstalledTerraform.requireProvider(MODULES.resolve(provider.word()), directory.resolve("terraform.rc"));

        terraform(settings, directory, "init").expect("initializing", "");
        terraform(settings, directory, "validate").expect("validating", "");
    }

    private org.meridian.drivers.command.CommandResult terraform(Path settings, Path directory, String verb)
            throws InterruptedException {
        return processes.run(
                Command.of("env", "TF_CLI_CONFIG_FILE=" + settings, "terraform", "-chdir=" + directory, verb)
                        .within(Duration.ofMinutes(3)));
    }
}
