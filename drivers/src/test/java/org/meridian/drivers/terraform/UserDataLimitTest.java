package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.Ownership;
import org.meridian.drivers.command.LocalProcesses;

/** User data that a provider does not take is refused before Terraform is even started. */
final class UserDataLimitTest {
    private static final AppName APP = new AppName("long");
    private static final RegionName EAST = new RegionName("east");
    private static final int KEY = 400;

    @TempDir
    private Path temporary = Path.of("");

    private Path ran = Path.of("ran");

    @BeforeEach
    void writeProgram() throws Exception {
        ran = temporary.resolve("ran");
        Path program = Files.writeString(temporary.resolve("terraform"), "#!/bin/sh\ntouch " + ran + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void what_aws_does_not_take_is_refused_with_its_size() {
        Failure failure = catchThrowableOfType(Failure.class, () -> converge(FleetProvider.AWS, 16 * 1024));

        assertThat(failure.diagnostic().code()).isEqualTo("user-data-too-long");
        assertThat(failure.diagnostic().summary())
                .matches("east: the user data has 16[0-9]{3} bytes, and aws takes 16384");
        assertThat(ran).as("Terraform was started").doesNotExist();
        assertThat(temporary.resolve("state/east")).as("nothing was written").doesNotExist();
    }

    @Test
    void it_is_counted_in_bytes_with_the_host_key_that_comes_with_it() throws Exception {
        converge(FleetProvider.AWS, 16 * 1024 - 2 * KEY);
        assertThat(ran).exists();
    }

    @Test
    void digitalocean_takes_more() throws Exception {
        converge(FleetProvider.DIGITALOCEAN, 16 * 1024);
        assertThat(ran).exists();
    }

    private void converge(FleetProvider provider, int bytes) throws InterruptedException {
        Region region = new Region(EAST, provider.word(), "here", 1, Optional.empty(), List.of(), Map.of(), List.of());
        ReleaseId release = new ReleaseId(1);
        fleet(provider, region, bytes)
                .converge(region, List.of(new ServerSpec(ServerName.of(APP, EAST, release, 1), release, "revision1")));
    }

    private AloneOnMachines fleet(FleetProvider provider, Region region, int bytes) {
        TerraformSettings settings = new TerraformSettings(
                temporary.resolve("terraform").toString(),
                LocalDirectory.at(temporary.resolve("state")),
                Backend.LOCAL,
                temporary.resolve("plugins"),
                1,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1));
        CloudCredentials given = new CloudCredentials(
                Map.of("AWS_PROFILE", "given", "DIGITALOCEAN_TOKEN", "given"), temporary, temporary);
        // Each of these letters is two bytes.
        UserData text = new UserData("é".repeat(bytes / 2));
        return new AloneOnMachines(
                new TerraformMachines(
                        provider,
                        List.of(region),
                        Map.of(),
                        new MachineMaterial(
                                APP,
                                machine -> 3000,
                                () -> text,
                                () -> "ssh-ed25519 AAAA",
                                (server, generation) -> new HostKeyPair("ssh-ed25519 AAAA", Secret.of("k".repeat(KEY))),
                                new Ownership(Optional::empty)),
                        new Terraform(settings, new LocalProcesses(), event -> {}, new SystemTime(), given),
                        new VirtualThreads()),
                new Ownership(Optional::empty));
    }
}
