package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs, commands by hand and use, in a local world whose containers write a numbered line 20 times a second. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookWorldTest {
    private static final Pattern LINE = Pattern.compile("line ([0-9]+)");

    private LocalWorld world;

    @BeforeAll
    void deploy() throws IOException {
        world = LocalWorld.create("look");
        String config = Files.readString(world.directory().resolve("meridian.yml"));
        world.write(
                "meridian.yml",
                config.replace("env: { SHOWN: everywhere }", "env: { SHOWN: everywhere, LINES_PER_SECOND: \"20\" }")
                        + "console: [sh, -c, 'echo console of $MERIDIAN_SERVER']\n");
        assertThat(world.deploy("v1").exitCode()).isZero();
    }

    @AfterAll
    void destroy() {
        world.close();
    }

    @Test
    void logs_follow_servers_through_a_deploy_and_lose_no_line() throws Exception {
        String before = world.release();
        try (Running logs = world.start("logs", "-f", "--service", "web", "--json")) {
            logs.until("line", line -> line.path("release").asString("").equals(before));
            LocalWorld.Receipt deployed = deployAndLookMeanwhile("v2", before);
            assertThat(deployed.exitCode()).as(deployed.everything()).isZero();
            logs.until(
                    "line", line -> line.path("release").asString("").equals(deployed.release()) && number(line) > 100);

            Map<String, List<Integer>> numbers = new TreeMap<>();
            for (JsonNode line : lines(logs)) {
                numbers.computeIfAbsent(line.path("server").asString(""), server -> new ArrayList<>())
                        .add(number(line));
            }
            assertThat(numbers)
                    .as("two servers in each of two regions, of two releases")
                    .hasSize(8);
            numbers.forEach((server, seen) -> {
                for (int i = 1; i < seen.size(); i++) {
                    assertThat(seen.get(i)).as(server).isEqualTo(seen.get(i - 1) + 1);
                }
                if (server.contains("-" + deployed.release() + "-")) {
                    assertThat(seen.getFirst())
                            .as("from its first line: " + server)
                            .isEqualTo(1);
                }
            });
            assertThat(logs.everything()).doesNotContain("skipped");
        }
    }

    @Test
    void commands_by_hand_have_streams_exit_codes_terminals_and_are_remembered() throws Exception {
        Shell.Ended failed = world.meridian("exec", "--", "sh", "-c", "echo out; echo err >&2; exit 42");
        assertThat(failed.exitCode()).isEqualTo(42);
        assertThat(failed.output()).isEqualTo("out\n");
        assertThat(failed.errors()).isEqualTo("err\n");

        Shell.Ended sized = inTerminal("exec --region us -- stty size");
        assertThat(sized.output()).contains("41 93");
        assertThat(inTerminal("exec -- sh -c 'exit 7'").exitCode()).isEqualTo(7);

        Shell.Ended environment = world.meridian("run", "--", "env");
        assertThat(environment.exitCode()).as(environment.errors()).isZero();
        assertThat(environment.output())
                .contains("SHOWN=everywhere", "TOKEN=***", "MERIDIAN_SERVER=")
                .doesNotContain("do-not-print-me");
        assertThat(environment.errors()).contains("A secret was masked in the output; with --raw");
        assertThat(world.meridian("run", "--raw", "--", "env").output()).contains("TOKEN=do-not-print-me");

        assertThat(inTerminal("console").output()).contains("console of " + world.server("eu", world.release(), 1));

        Shell.Ended everywhere = world.meridian("exec", "--all", "--", "sh", "-c", "echo here");
        assertThat(everywhere.exitCode()).isZero();
        assertThat(everywhere.output().lines().filter("here"::equals)).hasSize(4);

        Shell.Ended wrong = world.meridian("exec", "--service", "wbe", "--", "sh");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains("no service wbe", "There is web");

        Shell.Ended audit = world.meridian("audit");
        assertThat(audit.output())
                .contains("web: stty size", "console", "run", "web: env", world.server("us", world.release(), 1));
        assertThat(audit.output()).doesNotContain("41 93", "do-not-print-me");
    }

    @Test
    void a_secret_that_a_container_has_written_into_its_log_is_not_shown() {
        String encoded = Base64.getEncoder().encodeToString("do-not-print-me".getBytes(StandardCharsets.UTF_8));
        String write = "echo \"secret $TOKEN, " + encoded + "\" >/proc/1/fd/1";
        assertThat(world.meridian("exec", "--service", "web", "--", "sh", "-c", write)
                        .exitCode())
                .isZero();

        Shell.Ended logs = world.meridian("logs", "--region", "eu", "--grep", "secret", "--tail", "5000");

        assertThat(logs.output()).contains("secret ***, ***").doesNotContain("do-not-print", encoded);
    }

    @Test
    void top_tells_what_every_server_uses() {
        Shell.Ended ended = world.meridian("top", "--json");
        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        JsonNode top = new JsonMapper().readTree(ended.output());
        assertThat(top.path("servers").size()).isGreaterThanOrEqualTo(4);
        for (JsonNode server : top.path("servers")) {
            assertThat(server.path("problem").isNull()).as(server.toString()).isTrue();
            JsonNode web = server.path("containers").path(0);
            assertThat(web.path("service").asString("")).isEqualTo("web");
            assertThat(web.path("memory_bytes").asLong()).isPositive();
            assertThat(web.path("processes").path(0).path("command").asString(""))
                    .isEqualTo("java");
            assertThat(server.path("memory").path("total_bytes").asLong())
                    .isGreaterThan(server.path("memory").path("used_bytes").asLong());
        }
    }

    /** Commands by hand go to the release that serves while another one is prepared. */
    private LocalWorld.Receipt deployAndLookMeanwhile(String tag, String serving) throws Exception {
        try (Running deploy = world.start("deploy", "--tag", tag, "--yes", "--json")) {
            deploy.until(
                    "phase_started", phase -> phase.path("phase").asString("").equals("prepare"));
            Shell.Ended exec = world.meridian("exec", "--", "sh", "-c", "echo on $MERIDIAN_SERVER; exit 42");
            assertThat(exec.exitCode()).as(exec.errors()).isEqualTo(42);
            assertThat(exec.output()).isEqualTo("on " + world.server("eu", serving, 1) + "\n");
            assertThat(world.meridian("run", "--", "sh", "-c", "echo once").output())
                    .isEqualTo("once\n");
            assertThat(inTerminal("console").output()).contains("console of " + world.server("eu", serving, 1));
            assertThat(world.meridian("top").output()).contains(world.server("us", serving, 2));
            return world.receipt(deploy.end());
        }
    }

    /** Runs a command in a terminal of 93 columns and 41 rows, as a person does wherever the tests run. */
    private Shell.Ended inTerminal(String arguments) {
        String command = "stty cols 93 rows 41; env -u CI " + LocalWorld.CHECKOUT.resolve("meridian") + " " + arguments;
        return Shell.attempt(world.directory(), Duration.ofMinutes(2), List.of("script", "-qec", command, "/dev/null"));
    }

    private static List<JsonNode> lines(Running logs) {
        return logs.printed().stream()
                .filter(event -> event.path("event").asString("").equals("line"))
                .filter(event -> number(event) > 0)
                .toList();
    }

    private static int number(JsonNode line) {
        Matcher numbered = LINE.matcher(line.path("text").asString(""));
        return numbered.matches() ? Integer.parseInt(numbered.group(1)) : 0;
    }
}
