package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.placement.AloneOnMachines;
import org.meridian.drivers.s3.RealS3;
import org.meridian.testkit.terraform.InstalledTerraform;

/** What goes wrong with Terraform, with the real one and servers that are files. */
final class TerraformTroubleTest {
    private static final AppName APP = new AppName("trouble");
    private static final RegionName EAST = TerraformWorld.EAST;
    private static final RegionName WEST = TerraformWorld.WEST;

    @TempDir
    private Path temporary = Path.of("");

    private TerraformWorld world = new TerraformWorld(APP, Path.of("target"));

    @BeforeEach
    void makeWorld() {
        InstalledTerraform.require();
        world = new TerraformWorld(APP, temporary);
    }

    @Test
    void tells_terraforms_own_error_with_the_region_in_front() throws Exception {
        Files.writeString(world.servers.resolve("refuse"), "the cloud is full");

        Failure failure = catchThrowableOfType(Failure.class, () -> converge(EAST, 1, 1));

        assertThat(failure.diagnostic().summary()).startsWith("east: terraform apply: local-exec provisioner error");
        assertThat(failure.diagnostic().detail())
                .contains("the cloud is full", "module.fleet.terraform_data.server[\"trouble-east-r1-1\"]");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED);
    }

    @Test
    void sees_a_server_that_a_failed_run_left_and_removes_it() throws Exception {
        converge(EAST, 1, 1);
        Files.writeString(world.servers.resolve("refuse"), "no");
        assertThatThrownBy(() -> world.fleet().converge(world.region(EAST), specs(EAST, 1, 1, 2)))
                .isInstanceOf(Failure.class);

        assertThat(names(EAST)).containsExactlyInAnyOrder("trouble-east-r1-1", "trouble-east-r2-1");
        converge(EAST, 1, 1);

        assertThat(names(EAST)).containsExactly("trouble-east-r1-1");
        assertThat(world.fleet().observe(EAST).servers())
                .extracting(Server::state)
                .containsExactly(Server.State.RUNNING);
    }

    @Test
    void goes_on_after_terraform_was_killed_in_the_middle() throws Exception {
        converge(EAST, 1, 1);
        Files.createFile(world.servers.resolve("hold"));
        List<ServerSpec> both = specs(EAST, 1, 1, 2);
        CompletableFuture<Optional<Throwable>> run =
                inBackground(() -> world.fleet().converge(world.region(EAST), both));
        awaitFile("begun-trouble-east-r2-1");

        terraformOf(EAST).forEach(ProcessHandle::destroyForcibly);

        assertThat(run.get().orElseThrow()).isInstanceOf(Failure.class).hasMessageContaining("east: terraform apply");
        Files.delete(world.servers.resolve("hold"));
        assertThat(names(EAST)).contains("trouble-east-r1-1");
        world.fleet().converge(world.region(EAST), both);
        assertThat(world.fleet().observe(EAST).servers())
                .extracting(ServerSpec::of)
                .containsExactlyInAnyOrderElementsOf(both);
    }

    @Test
    void interrupts_terraform_and_waits_until_its_state_is_in_order() throws Exception {
        Files.createFile(world.servers.resolve("hold"));
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CompletableFuture<Optional<Throwable>> run = inBackground(() -> {
            worker.complete(Thread.currentThread());
            converge(EAST, 1, 1);
        });
        awaitFile("begun-trouble-east-r1-1");

        worker.get().interrupt();

        assertThat(run.get()).containsInstanceOf(InterruptedException.class);
        assertThat(terraformOf(EAST)).as("Terraform has ended").isEmpty();
        assertThat(Files.readString(world.file(EAST, "apply.log"))).contains("Gracefully shutting down");
        assertThat(world.file(EAST, ".terraform.tfstate.lock.info")).doesNotExist();
        assertThat(names(EAST)).containsExactly("trouble-east-r1-1");
        Files.delete(world.servers.resolve("hold"));
        converge(EAST, 1, 1);
        assertThat(world.fleet().observe(EAST).servers())
                .extracting(Server::state)
                .containsExactly(Server.State.RUNNING);
    }

    @Test
    void ends_a_run_that_takes_too_long_in_good_order() throws Exception {
        converge(EAST, 1, 1);
        Files.createFile(world.servers.resolve("hold"));
        world.within = Duration.ofSeconds(3);

        assertThatThrownBy(() -> converge(EAST, 2, 1))
                .isInstanceOf(Failure.class)
                .hasMessage("east: terraform apply did not end within 3 s; Terraform was interrupted and has put its"
                        + " state in order");

        assertThat(terraformOf(EAST)).isEmpty();
    }

    @Test
    void never_forces_a_lock() throws Exception {
        try (LockedBackend backend = LockedBackend.start()) {
            world.backend = backend.backend();

            Failure failure = catchThrowableOfType(Failure.class, () -> converge(EAST, 1, 1));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
            assertThat(failure.diagnostic().summary()).isEqualTo("east: Terraform's state is locked by another run");
            assertThat(failure.diagnostic().suggestion()).contains("force-unlock 1234-lock");
            assertThat(backend.unlocked()).as("somebody's lock was taken away").isFalse();
            assertThat(world.servers).isEmptyDirectory();
        }
    }

    @Test
    void two_machines_never_write_one_state_in_s3_at_the_same_time() throws Exception {
        world.backend = inS3();
        TerraformWorld other = new TerraformWorld(APP, temporary.resolve("other"));
        other.backend = world.backend;
        Files.createFile(world.servers.resolve("hold"));
        CompletableFuture<Optional<Throwable>> first = inBackground(() -> converge(EAST, 1, 1));
        awaitFile("begun-trouble-east-r1-1");

        Failure failure = catchThrowableOfType(
                Failure.class, () -> other.fleet().converge(other.region(EAST), specs(EAST, 1, 2)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
        assertThat(other.servers).isEmptyDirectory();
        Files.delete(world.servers.resolve("hold"));
        assertThat(first.get()).isEmpty();
        other.fleet().converge(other.region(EAST), specs(EAST, 1, 1, 2));
        assertThat(names(EAST)).containsExactlyInAnyOrder("trouble-east-r1-1", "trouble-east-r2-1");
    }

    private static Backend inS3() {
        return new Backend(
                "s3",
                Map.ofEntries(
                        Map.entry("bucket", RealS3.BUCKET),
                        Map.entry("region", "us-east-1"),
                        Map.entry("endpoint", "http://127.0.0.1:" + RealS3.port()),
                        Map.entry("access_key", "test"),
                        Map.entry("secret_key", "test"),
                        Map.entry("use_path_style", "true"),
                        Map.entry("skip_credentials_validation", "true"),
                        Map.entry("skip_region_validation", "true"),
                        Map.entry("skip_requesting_account_id", "true"),
                        Map.entry("skip_metadata_api_check", "true")));
    }

    @Test
    void tells_who_holds_the_lock() throws Exception {
        Files.createFile(world.servers.resolve("hold"));
        CompletableFuture<Optional<Throwable>> first = inBackground(() -> converge(EAST, 1, 1));
        awaitFile("begun-trouble-east-r1-1");

        Failure failure = catchThrowableOfType(Failure.class, () -> converge(EAST, 1, 2));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.LOCKED);
        assertThat(failure.diagnostic().summary())
                .matches("east: Terraform's state is locked by " + System.getProperty("user.name")
                        + "@\\S+ since .+ UTC");
        Files.delete(world.servers.resolve("hold"));
        assertThat(first.get()).isEmpty();
    }

    @Test
    void two_regions_are_made_at_the_same_time() throws Exception {
        Files.createFile(world.servers.resolve("hold"));
        AloneOnMachines fleet = world.fleet();
        CompletableFuture<Optional<Throwable>> east =
                inBackground(() -> fleet.converge(world.region(EAST), specs(EAST, 1, 1)));
        CompletableFuture<Optional<Throwable>> west =
                inBackground(() -> fleet.converge(world.region(WEST), specs(WEST, 1, 1)));

        awaitFile("begun-trouble-east-r1-1");
        awaitFile("begun-trouble-west-r1-1");
        Files.delete(world.servers.resolve("hold"));

        assertThat(east.get()).isEmpty();
        assertThat(west.get()).isEmpty();
        assertThat(fleet.observe().servers()).hasSize(2);
    }

    @Test
    void a_region_that_fails_does_not_touch_another() throws Exception {
        converge(WEST, 1, 1);
        Files.writeString(world.servers.resolve("refuse"), "no");
        assertThatThrownBy(() -> converge(EAST, 1, 1)).hasMessageStartingWith("east: ");

        assertThat(world.fleet().observe(WEST).servers())
                .extracting(Server::state)
                .containsExactly(Server.State.RUNNING);
    }

    @Test
    void asks_for_a_server_that_stays_just_as_before() throws Exception {
        world.size = Optional.of("small");
        world.careless = true;
        converge(EAST, 1, 1);
        Instant made = Files.getLastModifiedTime(world.servers.resolve("trouble-east-r1-1"))
                .toInstant();
        world.size = Optional.of("large");

        world.fleet().converge(world.region(EAST), specs(EAST, 1, 1, 2));

        assertThat(Files.getLastModifiedTime(world.servers.resolve("trouble-east-r1-1"))
                        .toInstant())
                .isEqualTo(made);
        assertThat(Files.readString(world.file(EAST, "servers.auto.tfvars.json")))
                .contains("small", "large");
    }

    @Test
    void refuses_a_module_that_would_replace_a_server_that_stays() throws Exception {
        world.size = Optional.of("small");
        converge(EAST, 1, 1);
        world.careless = true;

        Failure failure = catchThrowableOfType(Failure.class, () -> converge(EAST, 1, 1));

        assertThat(failure.diagnostic().code()).isEqualTo("would-destroy");
        assertThat(failure.diagnostic().summary()).contains("east", "trouble-east-r1-1");
        assertThat(world.servers.resolve("trouble-east-r1-1")).exists();
    }

    @Test
    void keeps_a_servers_private_host_key_out_of_all_that_stays() throws Exception {
        converge(EAST, 1, 1);

        try (Stream<Path> files = Files.walk(world.directory)) {
            // A plan holds it compressed, so that looking for the text would not find it.
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> file.toString().endsWith(".tfplan"))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("PRIVATE KEY OF"));
        }
    }

    @Test
    void shows_terraforms_plan_and_changes_nothing() throws Exception {
        var preview =
                world.fleet().preview(world.region(EAST), specs(EAST, 1, 1)).orElseThrow();

        assertThat(preview.summary()).isEqualTo("Terraform: 1 to create");
        assertThat(preview.details()).containsExactly("+ module.fleet.terraform_data.server[\"trouble-east-r1-1\"]");
        assertThat(world.servers).isEmptyDirectory();
        assertThat(world.fleet().observe().servers()).isEmpty();
    }

    @Test
    void tells_how_much_it_changes() throws Exception {
        converge(EAST, 1, 1);

        assertThat(world.events)
                .filteredOn(RolloutEvent.Waiting.class::isInstance)
                .map(event -> ((RolloutEvent.Waiting) event).what())
                .containsExactly("Terraform to fetch what it needs", "Terraform: 1 to create");
    }

    @Test
    void keeps_its_state_where_the_backend_says() throws Exception {
        try (LockedBackend backend = LockedBackend.start()) {
            backend.unlock();
            world.backend = backend.backend();
            converge(EAST, 1, 1);

            assertThat(world.file(EAST, Backend.STATE_FILE)).doesNotExist();
            assertThat(names(EAST)).containsExactly("trouble-east-r1-1");
            world.fleet().destroyAll();
            assertThat(world.fleet().observe().servers()).isEmpty();
        }
    }

    private void converge(RegionName region, int release, int servers) throws InterruptedException {
        List<ServerSpec> wanted = IntStream.rangeClosed(1, servers)
                .mapToObj(n -> spec(region, release, n))
                .toList();
        world.fleet().converge(world.region(region), wanted);
    }

    /** One server of each release. */
    private static List<ServerSpec> specs(RegionName region, int servers, int... releases) {
        return IntStream.of(releases)
                .mapToObj(release -> spec(region, release, servers))
                .toList();
    }

    private static ServerSpec spec(RegionName region, int release, int n) {
        ReleaseId id = new ReleaseId(release);
        return new ServerSpec(ServerName.of(APP, region, id, n), id, "revision" + release);
    }

    private List<String> names(RegionName region) throws InterruptedException {
        return world.fleet().observe(region).servers().stream()
                .map(server -> server.name().value())
                .toList();
    }

    private void awaitFile(String name) throws IOException {
        Instant deadline = TerraformWorld.deadline();
        while (!Files.exists(world.servers.resolve(name))) {
            assertThat(Instant.now()).as(name).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    /** The processes that run Terraform in a region's directory, and their children. */
    private List<ProcessHandle> terraformOf(RegionName region) {
        String directory = world.directory.resolve(region.value()).toString();
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.contains(directory)))
                .toList();
    }

    private static CompletableFuture<Optional<Throwable>> inBackground(Action action) {
        CompletableFuture<Optional<Throwable>> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                action.run();
                done.complete(Optional.empty());
            } catch (Throwable e) {
                done.complete(Optional.of(e));
            }
        });
        return done;
    }

    private interface Action {
        void run() throws Exception;
    }

    @Test
    void a_state_whose_tags_name_no_release_is_named_and_no_bug() throws IOException {
        Path file = world.directory.resolve("east/terraform.tfstate");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"version\":4,\"outputs\":{\"asked\":{\"value\":{\"servers\":{\"x y\":{\"tags\":{}}}}}},\"resources\":[]}");

        assertThatThrownBy(() -> world.fleet().observe(EAST))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("east: Terraform's state can't be read");
    }
}
