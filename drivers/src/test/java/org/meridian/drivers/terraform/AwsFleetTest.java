package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.Ownership;
import org.meridian.testkit.ec2.Ec2Cloud;
import org.meridian.testkit.ec2.Machines;
import org.meridian.testkit.terraform.InstalledTerraform;

/** The bundled module for AWS with real Terraform and the real provider, on a cloud of the tests' own. */
final class AwsFleetTest {
    private static final AppName APP = new AppName("clouds");
    private static final RegionName EAST = new RegionName("east");

    @TempDir
    private Path temporary = Path.of("");

    private TerraformWorld world = new TerraformWorld(APP, Path.of("target"));
    private Optional<Ec2Cloud> started = Optional.empty();
    private Path program = Path.of("terraform");
    private Map<String, Object> variables = Map.of();

    @BeforeEach
    void startCloud() throws IOException {
        InstalledTerraform.require();
        Path settings = InstalledTerraform.requireProvider(
                BundledModulesTest.MODULES.resolve("aws"), temporary.resolve("terraform.rc"));
        world = new TerraformWorld(APP, temporary);
        started = Optional.of(Ec2Cloud.start(Machines.none(), 4));
        program = program(settings, Ec2Cloud.ACCESS_KEY);
    }

    @AfterEach
    void stopCloud() {
        started.ifPresent(Ec2Cloud::close);
    }

    @Test
    void replaces_one_fleet_by_the_next_in_a_vpc_of_its_own_and_leaves_nothing_behind() throws InterruptedException {
        variables = Map.of("vpc", "own");
        fleet().converge(region("t3.small"), List.of(spec(1, 1), spec(1, 2)));
        Map<String, String> first = cloud().instances();

        assertThat(first).containsOnlyKeys("clouds-east-r1-1", "clouds-east-r1-2");
        assertThat(fleet().observe(EAST).servers())
                .hasSize(2)
                .allSatisfy(server -> assertThat(server.state()).isEqualTo(Server.State.RUNNING))
                .allSatisfy(server -> assertThat(server.address()).isPresent())
                .allSatisfy(server -> assertThat(server.hostKey()).isPresent());

        assertThat(cloud().volumeTags())
                .as("a disk tells whose it is")
                .allSatisfy(tags -> assertThat(tags).containsEntry("meridian-app", "clouds"))
                .extracting(tags -> tags.get("Name"))
                .containsExactlyInAnyOrder("clouds-east-r1-1", "clouds-east-r1-2");

        // Another size and other user data by now: the first fleet must not feel it.
        fleet().converge(region("t3.medium"), List.of(spec(1, 1), spec(1, 2), spec(2, 1)));

        assertThat(cloud().instances()).containsAllEntriesOf(first).hasSize(3);
        fleet().converge(region("t3.medium"), List.of(spec(2, 1)));
        assertThat(cloud().instances()).containsOnlyKeys("clouds-east-r2-1");
        fleet().converge(region("t3.medium"), List.of());
        assertThat(fleet().staying())
                .singleElement()
                .asString()
                .startsWith("aws east: ")
                .contains("a key pair", "a security group", "a VPC", "subnets")
                .doesNotContain("instance");
        fleet().destroyAll();
        assertThat(fleet().staying()).isEmpty();
        assertThat(cloud().empty())
                .as("key pairs, groups and instances are gone")
                .isTrue();
        assertThat(cloud().unknown()).isEmpty();
    }

    @Test
    void tells_a_quota_a_size_and_wrong_credentials_apart() throws Exception {
        assertThat(code(region("t9.huge"), 1)).isEqualTo("cloud-size");
        assertThat(code(region("t3.small"), 6)).isEqualTo("cloud-quota");
        assertThat(cloud().instances()).hasSize(4);
        program = program(temporary.resolve("terraform.rc"), "AKIAWRONGWRONGWRONG0");
        assertThat(code(region("t3.small"), 1)).isEqualTo("cloud-credentials");
    }

    private String code(Region region, int servers) {
        List<ServerSpec> wanted = new ArrayList<>();
        for (int n = 1; n <= servers; n++) {
            wanted.add(spec(1, n));
        }
        return catchThrowableOfType(Failure.class, () -> fleet().converge(region, wanted))
                .diagnostic()
                .code();
    }

    private Ec2Cloud cloud() {
        return started.orElseThrow();
    }

    private AloneOnMachines fleet() {
        TerraformSettings settings = new TerraformSettings(
                program.toString(),
                LocalDirectory.at(world.directory),
                Backend.LOCAL,
                temporary.resolve("plugins"),
                1,
                Duration.ofMinutes(5),
                Duration.ofSeconds(2));
        CloudCredentials credentials = new CloudCredentials(Map.of("AWS_PROFILE", "given"), temporary, temporary);
        return new AloneOnMachines(
                new TerraformMachines(
                        FleetProvider.AWS,
                        List.of(region("t3.small")),
                        Map.of(EAST, new RegionModule(Optional.empty(), variables)),
                        world.material(),
                        new Terraform(settings, world.processes, world.events::add, new SystemTime(), credentials),
                        new VirtualThreads()),
                new Ownership(Optional::empty));
    }

    private static Region region(String size) {
        return new Region(EAST, "aws", "us-east-1", 1, Optional.of(size), List.of(), Map.of(), List.of());
    }

    private static ServerSpec spec(int release, int n) {
        ReleaseId id = new ReleaseId(release);
        return new ServerSpec(ServerName.of(APP, EAST, id, n), id, "revision" + release);
    }

    /** A program that is Terraform with the cloud's address and a key, for the provider takes both from its environment. */
    private Path program(Path settings, String accessKey) throws IOException {
        Path script = temporary.resolve("terraform-" + accessKey);
        Files.writeString(script, """
                #!/bin/sh
                unset AWS_PROFILE AWS_SESSION_TOKEN
                exec env %s TF_CLI_CONFIG_FILE='%s' AWS_ACCESS_KEY_ID='%s' terraform "$@"
                """.formatted(
                        cloud().environment().entrySet().stream()
                                .map(variable -> variable.getKey() + "='" + variable.getValue() + "'")
                                .collect(Collectors.joining(" ")),
                        settings,
                        accessKey));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
