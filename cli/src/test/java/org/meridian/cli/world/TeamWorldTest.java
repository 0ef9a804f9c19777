package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.meridian.core.local.LocalDirectory;
import org.meridian.drivers.ssh.KeptDeployKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A laptop A that dies in the middle of a deploy, and a laptop B that finishes it: B has a fresh clone, an empty home, the
 * environment, and the shared state.
 */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TeamWorldTest {
    private static final JsonMapper JSON = new JsonMapper();

    private EmbeddedPostgres postgres;
    private Machines machines;
    private LocalWorld a;
    private LocalWorld b;
    private Path keys;

    @BeforeAll
    void machinesThatKnowTheTeamsKeyAndAPersonWhoKnowsThem() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        a = LocalWorld.create("team");
        keys = Files.createTempDirectory("meridian-team-keys");
        machines = Machines.boot(2, keys, a.app(), "lab");
        configure();
        b = a.cloned();
        a.environment(environment(keys, "known"));
        b.environment(environment(keys, "unknown"));
    }

    @AfterAll
    void destroyEverything() throws IOException {
        try {
            b.close();
        } finally {
            machines.close();
            postgres.close();
        }
    }

    private void configure() throws IOException {
        String host = "{ ssh: \"ops@%s\", address: %s }";
        a.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                state: postgresql://postgres@127.0.0.1:%d/postgres?sslmode=disable
                regions:
                  lab: { provider: hosts, location: DE, hosts: [%s, %s] }
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                rollout: { watch: 3s, drain: 5s, keep_previous: 10m }
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                ssh: { deploy_key: env:TEAM_KEY, agent: none, config: none }
                """.formatted(
                        a.app(),
                        postgres.getPort(),
                        host.formatted(machines.address(1), machines.address(1)),
                        host.formatted(machines.address(2), machines.address(2)),
                        a.address().getPort()));
    }

    /** A home of its own, in which only A's known hosts have the machines; the key as a CI system keeps it. */
    private Map<String, String> environment(Path from, String home) throws IOException {
        Path ssh = Files.createDirectories(keys.resolve(home).resolve(".ssh"));
        if (home.equals("known")) {
            Files.copy(keys.resolve("known_hosts"), ssh.resolve("known_hosts"));
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("TEAM_KEY", text(from).replace("\n", "\\r\\n"));
        environment.put("MERIDIAN_STATE_PASSWORD", "postgres");
        environment.put(
                "XDG_CACHE_HOME",
                Path.of(System.getProperty("user.home"), ".cache").toString());
        environment.put("JDK_JAVA_OPTIONS", "-Duser.home=" + keys.resolve(home));
        return environment;
    }

    private static String text(Path from) throws IOException {
        return Files.readString(from.resolve("id_ed25519"));
    }

    private String image(String tag) throws InterruptedException {
        return machines.pullable("meridian-faulty:" + tag);
    }

    @Test
    @Order(1)
    void aDeployThatDiedOnOneMachineIsFinishedOnAnotherWithNothingButTheRepositoryAndTheSharedState() throws Exception {
        LocalWorld.Receipt first = a.receipt(a.meridian("deploy", "--image", image("v1"), "--yes", "--json"));
        assertThat(first.exitCode()).as(first.everything()).isZero();
        KillPoint half = KillPoint.of("start .* done", 1);
        try (Running dying = a.startHeld(half, "deploy", "--image", image("v2"), "--yes", "--json")) {
            assertThat(half.await(dying)).as(dying.everything()).isTrue();
            Running unused = dying.kill();
        }

        LocalWorld.Receipt finished =
                b.receipt(b.meridian("deploy", "--image", image("v2"), "--yes", "--json", "--wait-for-lock", "2m"));

        assertThat(finished.exitCode()).as(finished.everything()).isZero();
        assertThat(finished.outcome()).isEqualTo("deployed");
        assertThat(Users.page(b.address())).endsWith("v2");
    }

    @Test
    @Order(2)
    void theOtherMachineRunsCommandsReadsLogsAndRollsBack() throws Exception {
        Shell.Ended said =
                b.meridian("exec", "--region", "lab", "--", "sh", "-c", "echo hello >/proc/1/fd/1; echo here");
        assertThat(said.exitCode()).as(said.errors()).isZero();
        assertThat(said.output().strip()).isEqualTo("here");
        Shell.Ended logs = b.meridian("logs", "--tail", "100", "--grep", "hello", "--json");
        assertThat(logs.exitCode()).as(logs.errors()).isZero();
        assertThat(logs.output()).contains("hello");

        LocalWorld.Receipt back = b.rollBack();

        assertThat(back.exitCode()).as(back.everything()).isZero();
        assertThat(Users.page(b.address())).endsWith("v1");
    }

    @Test
    @Order(3)
    void theKeyIsReplacedOnEveryMachineAndWhoStillHasTheFormerOneIsToldSo() throws Exception {
        Path next = Files.createTempDirectory("meridian-team-next");
        String newKey = new KeptDeployKey(LocalDirectory.at(next)).publicKey();
        Map<String, String> both = environment(keys, "unknown");
        both.put("NEXT_KEY", text(next));
        b.environment(both);

        Shell.Ended added = b.meridian("keys", "rotate", "--new", "env:NEXT_KEY", "--yes");
        assertThat(added.exitCode()).as(added.errors()).isZero();
        assertThat(added.output()).contains("2 machines accept both keys");
        b.environment(environment(next, "unknown"));
        Shell.Ended removed = b.meridian("keys", "rotate", "--yes");
        assertThat(removed.exitCode()).as(removed.errors()).isZero();

        JsonNode listed = JSON.readTree(b.meridian("keys", "--json").output());
        assertThat(listed.path("key").asString("")).isEqualTo(newKey);
        for (JsonNode machine : listed.path("machines")) {
            assertThat(machine.path("accepts").valueStream().map(JsonNode::asString))
                    .as(listed.toString())
                    .containsExactly(listed.path("fingerprint").asString(""));
        }
        Shell.Ended late = a.meridian("deploy", "--image", image("v2"), "--yes");
        assertThat(late.exitCode()).as(late.errors()).isEqualTo(2);
        assertThat(late.errors()).contains("was replaced by");
        assertThat(b.status().path("release").asString("")).isEqualTo("r1");
    }

    @Test
    @Order(4)
    void noKeyTouchedTheDiskOfEitherMachine() throws IOException {
        String line = text(keys).lines().skip(2).findFirst().orElseThrow();
        for (LocalWorld world : List.of(a, b)) {
            Shell.Ended found = Shell.attempt(
                    world.directory(),
                    Duration.ofMinutes(1),
                    List.of("grep", "-rlF", "-e", line, "-e", "PRIVATE KEY", "."));
            assertThat(found.output()).isEmpty();
        }
    }
}
