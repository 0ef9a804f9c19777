package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The example of a plain small team on one machine that stays: whatever becomes of releases, no row is lost. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotesWorldTest {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/notes");
    private static final String APP = "notestest";
    private static final String HOME = "meridian-" + APP + "-data";
    private static final String BACKUP = "meridian." + HOME + ".backup.db";

    private LocalWorld world;
    private Machines machines;
    private int written;

    @BeforeAll
    void deployToAnEmptyMachine() throws Exception {
        for (String version : List.of("v1", "v2")) {
            Shell.run(EXAMPLE, "./build", version);
        }
        world = LocalWorld.empty(APP);
        LocalWorld.removeLeftovers(APP);
        Path ssh = Files.createDirectory(world.directory().resolve("ssh"));
        machines = Machines.boot(1, ssh, APP, "lab");
        world.write(
                "compose.yaml",
                Files.readString(EXAMPLE.resolve("compose.yaml"))
                        .replace("notes-database:1", machines.pullable("notes-database:1"))
                        .replace("notes-cache:1", machines.pullable("notes-cache:1")));
        world.write("secrets.env", "DATABASE_PASSWORD=do-not-print-me\n");
        world.write(
                "meridian.yml",
                Files.readString(EXAMPLE.resolve("meridian.yml"))
                                .replace("app: notes", "app: " + APP)
                                .replace(
                                        "ops@notes.example.com",
                                        "{ ssh: \"ops@%1$s\", address: %1$s }".formatted(machines.address(1)))
                                .replace(
                                        "port: 8080", "port: " + world.address().getPort())
                        + "ssh: { user: ops, key: ssh/id_ed25519, agent: none, known_hosts: ssh/known_hosts,"
                        + " config: none }\n");
        assertThat(deploy("v1").outcome()).isEqualTo("deployed");
        write();
    }

    @AfterAll
    void destroyEverything() {
        try {
            world.close();
            assertThat(machines.run(1, "docker ps --format '{{.Label \"com.docker.compose.project\"}}' | sort -u"))
                    .as("what has the data stays")
                    .isEqualTo(HOME);
        } finally {
            machines.close();
        }
    }

    @Test
    @Order(1)
    void theDatabaseIsUntouchedByADeployAndByARollback() throws Exception {
        String database = database();

        assertThat(deploy("v2").outcome()).isEqualTo("deployed");
        write();
        LocalWorld.Receipt back = world.rollBack();
        assertThat(back.exitCode()).as(back.everything()).isZero();
        write();

        assertThat(database()).isEqualTo(database);
        assertAllThere();
    }

    @Test
    @Order(2)
    void itIsThereAfterTheReleaseThatStartedItIsRemoved() throws Exception {
        String database = database();

        deploy("v2");
        deploy("v1");
        deploy("v2");

        assertThat(database()).isEqualTo(database);
        assertAllThere();
        assertThat(machines.run(1, "ls -d /opt/meridian/" + APP + "-lab-r1-1 2>&1 || true"))
                .contains("No such file");
    }

    @Test
    @Order(3)
    void aDeployerThatDiesMeanwhileLeavesItAlone() throws Exception {
        String database = database();
        for (String like : List.of("keep .* intended", "keep .* done", "start .* done")) {
            try (Running deploy =
                    world.start("deploy", "--image", machines.pullable("notes:" + other()), "--yes", "--json")) {
                boolean reached = KillPoint.of(like, 1).await(deploy);
                deploy.kill();
                write();
                assertThat(database()).as("killed at " + like + ", " + reached).isEqualTo(database);
            }
            deploy(other());
        }
        assertThat(database()).isEqualTo(database);
        assertAllThere();
    }

    @Test
    @Order(4)
    void everythingComesBackAfterAReboot() throws Exception {
        Shell.docker("restart", machines.container(1));

        Wait.until("the app to answer again", Duration.ofMinutes(2), this::answers);
        write();
        assertAllThere();
    }

    @Test
    @Order(5)
    void rowsThatWereDeletedComeBackFromABackupThatTheMachineMadeByItself() throws Exception {
        assertThat(machines.run(1, "systemctl is-active " + BACKUP + ".timer")).startsWith("active");
        machines.run(1, "systemctl start " + BACKUP + ".service");
        String deleted =
                done("accessories", "exec", "db", "--", "psql", "--username=postgres", "--command=DELETE FROM notes");
        assertThat(deleted).contains("DELETE " + written);
        assertThat(notes()).isEmpty();

        done("accessories", "restore", "db", "--yes");

        assertAllThere();
        assertThat(done("accessories", "backup", "db", "--list").lines()).hasSize(1);
        done("accessories", "backup", "db");
        assertThat(done("accessories", "backup", "db", "--list").lines()).hasSize(2);
        assertThat(done("jobs", "history", "backup-db")).contains("ok");
    }

    @Test
    @Order(6)
    void itIsMadeAgainOnlyWhenItIsNamedAndWithTheSameRows() throws Exception {
        String database = database();
        String compose = Files.readString(world.directory().resolve("compose.yaml"));
        world.write(
                "compose.yaml", compose.replace("volumes: [rows:/data]", "volumes: [rows:/data]\n    mem_limit: 300m"));

        assertThat(done("plan", "--image", machines.pullable("notes:" + other())))
                .contains("db keeps data and goes on as it was started: other mem_limit;");
        LocalWorld.Receipt deployed = deploy(other());
        assertThat(deployed.everything())
                .contains("db goes on as it was defined when it was started", "(other mem_limit)");
        assertThat(database()).isEqualTo(database);
        assertThat(done("accessories")).contains("accessories upgrade db");

        done("accessories", "upgrade", "db");

        assertThat(database()).isNotEqualTo(database);
        Wait.until("the app to have its database again", Duration.ofMinutes(1), this::answers);
        assertAllThere();
        assertThat(done("accessories")).contains("the same").doesNotContain("upgrade");
        done("accessories", "restart", "db");
        Wait.until("the app to have its database again", Duration.ofMinutes(1), this::answers);
        assertThat(done("accessories", "logs", "db")).contains("database system is ready to accept connections");
    }

    @Test
    @Order(7)
    void onlyWhoeverNamesTheDataRemovesIt() {
        assertThat(world.meridian("accessories", "remove", "db").exitCode()).isEqualTo(2);
        assertThat(world.meridian("accessories", "remove", "db", "--remove-data", "web")
                        .exitCode())
                .isNotZero();
        assertThat(world.meridian("destroy", "--yes", "--remove-data", "web").exitCode())
                .isEqualTo(2);
        assertAllThere();
    }

    @Test
    @Order(8)
    void whatIsNamedGoesWithItsDataAndTheNextDeployBeginsWithAnEmptyOne() throws Exception {
        done("accessories", "remove", "db", "--remove-data", "db");

        String ofData = " --filter label=com.docker.compose.project=" + HOME;
        assertThat(machines.run(1, "docker ps -aq" + ofData + "; docker volume ls -q" + ofData))
                .isEmpty();
        assertThat(machines.run(1, "ls /etc/systemd/system")).doesNotContain(BACKUP);

        assertThat(deploy(other()).outcome()).isEqualTo("deployed");
        assertThat(notes()).isEmpty();
    }

    private String done(String... command) {
        Shell.Ended ended = world.meridian(command);
        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        assertThat(ended.output() + ended.errors()).doesNotContain("do-not-print-me");
        return ended.output();
    }

    private boolean answers() {
        try {
            return notes().size() == written;
        } catch (AssertionError e) {
            return false;
        }
    }

    private LocalWorld.Receipt deploy(String version) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("notes:" + version), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        return receipt;
    }

    /** The version that does not serve. */
    private String other() {
        return Users.page(world.address()).contains("v1") ? "v2" : "v1";
    }

    private void write() {
        written++;
        Users.post(world.address().resolve("/notes"), "text=note+" + written);
    }

    private void assertAllThere() {
        List<String> notes = notes();
        for (int n = 1; n <= written; n++) {
            assertThat(notes)
                    .as("note " + n)
                    .anyMatch(Pattern.compile(" note " + n + " ").asPredicate());
        }
        assertThat(notes).hasSize(written);
    }

    private List<String> notes() {
        URI all = world.address().resolve("/notes");
        return Users.page(all).lines().toList();
    }

    /** The container's id and when it was started. */
    private String database() {
        return machines.run(
                1,
                "docker inspect --format '{{.Id}} {{.State.StartedAt}} {{.State.Status}}' $(docker ps -aq --filter label="
                        + "com.docker.compose.project=" + HOME + " --filter label=com.docker.compose.service=db)");
    }
}
