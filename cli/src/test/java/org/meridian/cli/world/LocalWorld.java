package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.model.AppName;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalNetworks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An app in two regions on this machine: its directory, and the meridian commands that are run there. */
final class LocalWorld implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** The root of the checkout. */
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private final String app;
    private final Path directory;
    private final int port;
    private Map<String, String> environment = Map.of();
    private String rollout = "{ watch: 3s, drain: 5s, keep_previous: 10m }";

    private LocalWorld(String app, Path directory, int port) {
        this.app = app;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Writes the configuration of an app with two servers in eu (the primary) and two in us; makes no server. The app's
     * name gets a part that is this checkout's, so that tests of two checkouts can run at once.
     */
    static LocalWorld create(String app) throws IOException {
        Shell.run(CHECKOUT.resolve("cli/src/test/world"), "./build-app", System.getProperty("java.home"));
        LocalWorld world = empty(app + "-" + Integer.toHexString(CHECKOUT.hashCode() & 0xfff));
        removeLeftovers(world.app);
        world.write("compose.yaml", """
                services:
                  web:
                    image: meridian-faulty
                    ports: ["3000:3000"]
                    stop_grace_period: 10s
                    mem_limit: 96m
                """);
        world.write("secrets.env", "TOKEN=do-not-print-me\n");
        world.configure("migrate");
        return world;
    }

    /** An empty directory for an app, and a free port for its edge. */
    static LocalWorld empty(String app) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new LocalWorld(app, Files.createTempDirectory("meridian-world"), socket.getLocalPort());
        }
    }

    /** A fresh clone of its repository, as another machine has it; both have the same edge. */
    LocalWorld cloned() throws IOException {
        LocalWorld clone = new LocalWorld(app, Files.createTempDirectory("meridian-world"), port);
        for (String file : List.of("compose.yaml", "meridian.yml")) {
            Files.copy(directory.resolve(file), clone.directory.resolve(file));
        }
        return clone;
    }

    /** What a run of these tests that was cut off has left, whose state is lost. */
    static void removeLeftovers(String app) {
        String containers = Shell.docker("ps", "-aq", "--filter", "label=dev.meridian.app=" + app);
        containers.lines().forEach(id -> Shell.docker("rm", "--force", "--volumes", id));
        try {
            // Machines that were left over too may still be attached.
            new LocalNetworks(new LocalNames(new AppName(app)), new LocalProcesses()).removeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Writes meridian.yml again, with these settings of the rollout as YAML. */
    void rollout(String settings) throws IOException {
        rollout = settings;
        configure("migrate");
    }

    /** Writes meridian.yml again, with this command before the shift. */
    void configure(String beforeShift) throws IOException {
        write("meridian.yml", """
                app: %s
                image: meridian-faulty:v1
                primary: eu
                env: { SHOWN: everywhere }
                regions:
                  eu: { provider: local, location: DE, servers: 2, secrets: "env-file:secrets.env" }
                  us: { provider: local, location: US, servers: 2, env: { SHOWN: only us } }
                serve: { service: web, port: 3000, health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 20s } }
                before_shift: %s
                rollout: %s
                traffic: { driver: haproxy, port: %d }
                probe: { rate: 10/s }
                """.formatted(app, beforeShift, rollout, port));
    }

    /** What commands have in their environment besides; nothing of a person's own AWS account comes along. */
    void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    String app() {
        return app;
    }

    void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    Path directory() {
        return directory;
    }

    /** Runs a command to its end. */
    Shell.Ended meridian(String... arguments) {
        return Shell.attempt(directory, Duration.ofMinutes(6), argv(arguments));
    }

    /** Starts a command. */
    Running start(String... arguments) {
        return Running.start(directory, argv(arguments));
    }

    /** Starts a command that is held at an entry of its journal. */
    Running startHeld(KillPoint point, String... arguments) {
        Path built = CHECKOUT.resolve("cli/target");
        List<String> argv = withEnvironment();
        argv.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                built.resolve("meridian/lib") + "/*" + File.pathSeparator + built.resolve("test-classes"),
                HeldMain.class.getName(),
                point.like().pattern(),
                Integer.toString(point.entry())));
        argv.addAll(List.of(arguments));
        return Running.start(directory, argv);
    }

    private List<String> argv(String... arguments) {
        List<String> argv = withEnvironment();
        argv.add(CHECKOUT.resolve("meridian").toString());
        argv.addAll(List.of(arguments));
        return argv;
    }

    private List<String> withEnvironment() {
        List<String> argv = new ArrayList<>(List.of("env", "-u", "AWS_PROFILE", "-u", "AWS_SESSION_TOKEN"));
        environment.forEach((name, value) -> argv.add(name + "=" + value));
        return argv;
    }

    /** Deploys a tag and returns the receipt. */
    Receipt deploy(String tag) {
        return receipt(meridian("deploy", "--tag", tag, "--yes", "--json"));
    }

    Receipt rollBack() {
        return receipt(meridian("rollback", "--yes", "--json"));
    }

    /** Scales, such as {@code us=3}. */
    Receipt scale(String numbers) {
        return receipt(meridian("scale", numbers, "--yes", "--json"));
    }

    /** The last event of a command, with the exit code. */
    Receipt receipt(Shell.Ended ended) {
        List<String> lines = ended.output().lines().toList();
        if (lines.isEmpty()) {
            throw new AssertionError("no receipt, exit code " + ended.exitCode() + ": " + ended.errors());
        }
        JsonNode last = JSON.readTree(lines.getLast());
        assertThat(last.path("event").asString(""))
                .as(ended.output() + ended.errors())
                .isEqualTo("receipt");
        assertThat(ended.output() + ended.errors()).doesNotContain("do-not-print-me");
        return new Receipt(ended.exitCode(), last, ended);
    }

    JsonNode status() {
        Shell.Ended ended = meridian("status", "--json");
        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        return JSON.readTree(ended.output());
    }

    /** Every region on this release with every origin healthy, and no container but what the status lists. */
    void requireServing(String release) {
        JsonNode status = requireHealthy();
        assertThat(status.path("release").asString("")).as(status.toString()).isEqualTo(release);
        requireNoOrphans(status);
    }

    /** Every region on the release that serves, with every origin healthy. */
    JsonNode requireHealthy() {
        JsonNode status = status();
        for (JsonNode region : status.path("regions")) {
            assertThat(region.path("release").asString(""))
                    .as(status.toString())
                    .isEqualTo(status.path("release").asString(""));
            assertThat(region.path("healthy").asInt())
                    .as(status.toString())
                    .isEqualTo(region.path("wanted").asInt());
        }
        return status;
    }

    private void requireNoOrphans(JsonNode status) {
        Set<String> listed = status.path("regions")
                .valueStream()
                .flatMap(region -> region.path("servers").valueStream())
                .peek(server -> assertThat(server.path("release").asString(""))
                        .isIn(
                                status.path("release").asString(""),
                                status.path("previous").asString("")))
                .map(server -> server.path("name").asString(""))
                .collect(Collectors.toSet());
        assertThat(containers()).isEqualTo(listed);
    }

    /** The names of all server containers of this app. */
    Set<String> containers() {
        return Shell.docker(
                        "ps",
                        "-a",
                        "--filter",
                        "label=dev.meridian.app=" + app,
                        "--filter",
                        "label=dev.meridian.role=server",
                        "--format",
                        "{{.Names}}")
                .lines()
                .collect(Collectors.toSet());
    }

    /** Makes one of the two good tags serve everywhere; returns the other one. */
    String settle() {
        JsonNode status = status();
        boolean settled = !status.path("release").isNull()
                && status.path("regions")
                        .valueStream()
                        .allMatch(region -> region.path("healthy").asInt()
                                == region.path("wanted").asInt());
        if (!settled) {
            assertThat(deploy("v1").exitCode()).isZero();
            return "v2";
        }
        return Users.page(address()).endsWith("v1") ? "v2" : "v1";
    }

    /** Requires that a release serves and that no other servers exist, which a deploy that was put back leaves. */
    void requireOnly(String release) {
        requireServing(release);
        assertThat(containers())
                .containsExactlyInAnyOrder(
                        server("eu", release, 1),
                        server("eu", release, 2),
                        server("us", release, 1),
                        server("us", release, 2));
    }

    /** Requires that no server of a release is left. */
    void requireNothingOf(String release) {
        assertThat(containers()).noneMatch(name -> name.contains("-" + release + "-"));
    }

    /** The release that serves now. */
    String release() {
        return status().path("release").asString("");
    }

    String server(String region, String release, int number) {
        return app + "-" + region + "-" + release + "-" + number;
    }

    String network(String region) {
        return "meridian-" + app + "-" + region;
    }

    String edge() {
        return "meridian-" + app + "-edge";
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        Shell.Ended ended = meridian("destroy", "--yes");
        assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
        assertThat(Shell.docker("ps", "-aq", "--filter", "label=dev.meridian.app=" + app))
                .isEmpty();
        assertThat(Shell.docker("network", "ls", "-q", "--filter", "label=dev.meridian.app=" + app))
                .isEmpty();
    }

    /**
     * A receipt as printed.
     *
     * @param exitCode the command's exit code
     * @param json     the event
     * @param ended    everything that the command printed
     */
    record Receipt(int exitCode, JsonNode json, Shell.Ended ended) {
        String release() {
            return json.path("release").asString("");
        }

        String outcome() {
            return json.path("outcome").asString("");
        }

        int probeFailures() {
            return json.path("probe").path("failed").asInt();
        }

        int probesSent() {
            return json.path("probe").path("sent").asInt();
        }

        String everything() {
            return ended.output() + ended.errors();
        }
    }
}
