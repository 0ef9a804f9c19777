package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three machines of a team's own in two regions, and nothing before them: one has the database, and all find it by its name. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataOnOneMachineWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/notes");
    private static final String APP = "threenotes";
    private static final String DATA = "label=com.docker.compose.project=meridian-" + APP + "-data";
    private static final List<Integer> ALL = List.of(1, 2, 3);

    private LocalWorld world;
    private Machines machines;

    @BeforeAll
    void bootThreeMachines() throws Exception {
        Shell.run(EXAMPLE, "./build", "v1");
        Shell.run(EXAMPLE, "./build", "v2");
        world = LocalWorld.empty(APP);
        LocalWorld.removeLeftovers(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(ALL.size(), ssh, APP, "home");
        world.write(
                "compose.yaml",
                Files.readString(EXAMPLE.resolve("compose.yaml"))
                        .replace("notes-database:1", machines.pullable("notes-database:1"))
                        .replace("notes-cache:1", machines.pullable("notes-cache:1")));
        world.write("secrets.env", "DATABASE_PASSWORD=do-not-print-me\n");
        world.write(
                "meridian.yml",
                Files.readString(EXAMPLE.resolve("three-machines.yml"))
                                .replace("app: notes", "app: " + APP)
                                .replace("ops@home-1.example.com", host(1))
                                .replace("ops@home-2.example.com", host(2))
                                .replace("ops@far-1.example.com", host(3))
                                .replace("home-2.example.com", machines.address(2))
                                .replace("10.0.0.2", machines.address(2))
                        + "ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts,"
                        + " config: none }\n");
    }

    private String host(int number) {
        return "{ ssh: \"ops@%1$s\", address: %1$s }".formatted(machines.address(number));
    }

    private URI machine(int number) {
        return URI.create("http://" + machines.address(number) + "/");
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
        } finally {
            machines.close();
        }
    }

    @Test
    void allMachinesHaveTheRowsOfTheOneThatHasTheDatabaseAndNoRequestFails() throws Exception {
        deploy("v1");
        Users.post(machine(1).resolve("/notes"), "text=one+for+all");
        String database = machines.run(2, "docker ps -q --filter " + DATA);
        assertReachedFromEach();

        List<Users> users =
                ALL.stream().map(number -> Users.of(machine(number), "/notes")).toList();
        try {
            deploy("v2");
            assertReachedFromEach();
            LocalWorld.Receipt back = world.rollBack();
            assertThat(back.exitCode()).as(back.everything()).isZero();
            assertReachedFromEach();
        } finally {
            users.forEach(Users::close);
        }

        assertThat(users).allSatisfy(some -> {
            assertThat(some.failures()).isEmpty();
            assertThat(some.sent()).isGreaterThan(100);
        });
        assertThat(machines.run(2, "docker ps -q --filter " + DATA)).isEqualTo(database);
        assertThat(Stream.of(1, 3).map(other -> machines.run(other, "docker ps -aq --filter " + DATA)))
                .containsOnly("");
        assertThat(machines.run(2, "ss -Htln 'sport = :5432'").lines())
                .as("nothing but the published address listens")
                .singleElement()
                .asString()
                .contains(machines.address(2) + ":5432");
        assertThat(world.meridian("accessories").output()).contains("db", "running", "the same");
    }

    private void deploy(String version) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("notes:" + version), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
    }

    /** Each app container of a machine asks itself, which asks the database by its name. */
    private void assertReachedFromEach() {
        for (int number : ALL) {
            String answers = machines.run(
                    number,
                    "for c in $(docker ps -q --filter label=com.docker.compose.service=web); do docker exec $c python3 -c '"
                            + "import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:3000/notes\").read().decode())'; done");
            assertThat(answers).as("machine " + number).contains("one for all");
        }
    }
}
