package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example app in three regions with its database, replaced and rolled back under its own load generator. */
@Tag("world")
class JournalWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/journal");

    private LocalWorld world;
    private ExampleDatabase database;

    @BeforeEach
    @Timeout(value = 40, unit = TimeUnit.MINUTES) // Another class may have the database.
    void buildTheAppAndStartItsDatabase() throws IOException {
        database = ExampleDatabase.up();
        world = LocalWorld.empty("journaltest");
        Files.createDirectories(world.directory().resolve("secrets"));
        for (String file : List.of("compose.yaml", "secrets/eu.env", "secrets/us.env", "secrets/ap.env")) {
            Files.copy(EXAMPLE.resolve(file), world.directory().resolve(file));
        }
        world.write(
                "meridian.yml",
                Files.readString(EXAMPLE.resolve("meridian.yml"))
                        .replace("app: journal", "app: journaltest")
                        .replace("port: 8080", "port: " + world.address().getPort()));
    }

    @AfterEach
    void destroyTheWorld() {
        world.close();
        database.close();
    }

    @Test
    void threeRegionsMoveForwardAndBackWithoutAFailedRequest() throws Exception {
        LocalWorld.Receipt first = world.deploy("v1");
        assertThat(first.exitCode()).as(first.everything()).isZero();
        Users.post(world.address().resolve("/posts"), "title=Hello&body=from+a+test");

        try (Running load = Running.start(
                EXAMPLE,
                List.of("./load", "--url", world.address().toString(), "--rate", "100", "--duration", "600"))) {
            LocalWorld.Receipt second = world.deploy("v2");
            assertThat(second.exitCode()).as(second.everything()).isZero();
            assertThat(second.probeFailures()).isZero();
            assertThat(second.json()
                            .path("regions")
                            .valueStream()
                            .toList()
                            .getLast()
                            .path("name")
                            .asString(""))
                    .isEqualTo("eu");
            assertThat(Users.servedBy(world.address().resolve("/about"), "JP")).startsWith("ap/");

            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            assertThat(back.probeFailures()).isZero();
            world.requireServing(first.release());

            Shell.Ended ended = load.terminate().end();
            assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        }
    }

    @Test
    void anEdgePortInUseIsNamedAndNothingIsLeft() throws Exception {
        try (var taken = new ServerSocket(world.address().getPort(), 1, InetAddress.getLoopbackAddress())) {
            Shell.Ended ended = Shell.attempt(
                    world.directory(),
                    Duration.ofMinutes(3),
                    List.of(LocalWorld.CHECKOUT.resolve("meridian").toString(), "deploy", "--tag", "v1", "--yes"));

            assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(1);
            assertThat(ended.errors()).contains(Integer.toString(taken.getLocalPort()));
            assertThat(world.containers()).isEmpty();
        }
    }
}
