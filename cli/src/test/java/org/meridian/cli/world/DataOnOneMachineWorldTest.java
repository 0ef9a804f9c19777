package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two machines of a team's own: one has the database, and the app's containers of both find it by its name. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataOnOneMachineWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/notes");
    private static final String APP = "twonotes";
    private static final String DATA = "label=com.docker.compose.project=meridian-" + APP + "-data";

    private LocalWorld world;
    private Machines machines;

    @BeforeAll
    void bootTwoMachines() throws Exception {
        Shell.run(EXAMPLE, "./build", "v1");
        Shell.run(EXAMPLE, "./build", "v2");
        world = LocalWorld.empty(APP);
        LocalWorld.removeLeftovers(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(2, ssh, APP, "lab");
        world.write(
                "compose.yaml",
                Files.readString(EXAMPLE.resolve("compose.yaml"))
                        .replace("notes-database:1", machines.pullable("notes-database:1"))
                        .replace("notes-cache:1", machines.pullable("notes-cache:1")));
        world.write("secrets.env", "DATABASE_PASSWORD=do-not-print-me\n");
        String second = machines.address(2);
        world.write(
                "meridian.yml",
                Files.readString(EXAMPLE.resolve("meridian.yml"))
                                .replace("app: notes", "app: " + APP)
                                .replace("ops@notes.example.com", host(1) + ", " + host(2))
                                .replace(
                                        "  db:\n",
                                        "  db:\n    machine: %1$s\n    publish: %1$s:5432\n".formatted(second))
                                .replace(
                                        "port: 8080", "port: " + world.address().getPort())
                        + "ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts,"
                        + " config: none }\n");
    }

    private String host(int number) {
        return "{ ssh: \"ops@%1$s\", address: %1$s }".formatted(machines.address(number));
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
    void theServersOfBothMachinesHaveTheRowsOfTheOneThatHasTheDatabase() throws Exception {
        deploy("v1");
        Users.post(world.address().resolve("/notes"), "text=one+for+all");
        String database = machines.run(2, "docker ps -q --filter " + DATA);
        assertReachedFromBoth();

        deploy("v2");
        assertReachedFromBoth();
        LocalWorld.Receipt back = world.rollBack();
        assertThat(back.exitCode()).as(back.everything()).isZero();
        assertReachedFromBoth();

        assertThat(machines.run(2, "docker ps -q --filter " + DATA)).isEqualTo(database);
        assertThat(machines.run(1, "docker ps -aq --filter " + DATA)).isEmpty();
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
    private void assertReachedFromBoth() {
        for (int number : List.of(1, 2)) {
            String answers = machines.run(
                    number,
                    "for c in $(docker ps -q --filter label=com.docker.compose.service=web); do docker exec $c python3 -c '"
                            + "import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:3000/notes\").read().decode())'; done");
            assertThat(answers).as("machine " + number).contains("one for all");
        }
    }
}
