package org.meridian.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.cli.command.Commands;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.cli.view.Views;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.plan.Observation;
import org.meridian.core.plan.Past;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.Planner;
import org.meridian.drivers.ssh.SshTraining;

/**
 * Runs what people run most, once, so that the JVM can record which classes that takes (the launcher's cache). The launcher
 * lets it reach no Docker engine, its SSH server is its own, and its directory is removed, so nothing stays behind.
 */
final class Training {
    private static final String COMPOSE = """
            services:
              web:
                image: registry.example.com/training
                ports: ["3000:3000"]
            """;

    private Training() {}

    /** Runs the commands; what they print and return does not matter. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("meridian-training");
        Path config = directory.resolve("meridian.yml");
        Files.writeString(directory.resolve("compose.yaml"), COMPOSE);
        List<List<String>> commands = List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("deploy", "--help"),
                List.of("init", "-c", config.toString()),
                List.of("plan", "-c", config.toString()),
                List.of("plan", "--json", "-c", config.toString()),
                List.of("status", "-c", config.toString()),
                List.of("status", "--json", "-c", config.toString()),
                List.of("doctor", "-c", config.toString()),
                List.of("doctor", "--json", "-c", config.toString()));
        for (List<String> command : commands) {
            Commands.run(Main.tools(), silent(), command.toArray(String[]::new));
        }
        showPlan(new YamlConfig().load(config));
        SshTraining.run(directory.resolve("ssh"));
        remove(directory);
    }

    /** What 'plan' does once it has an engine to ask. */
    private static void showPlan(App app) {
        var content = new Release.Content(
                COMPOSE,
                Map.of(app.serve().service(), app.image()),
                List.of(app.serve().service()),
                app.serve(),
                app.beforeShift(),
                Map.of(),
                Map.of(),
                Map.of());
        var release = new Release(
                new ReleaseId(1), "000000000000", Instant.EPOCH, app.image().toString(), content);
        Set<RegionName> regions = app.regions().stream().map(Region::name).collect(Collectors.toSet());
        Plan plan = new Planner(app)
                .plan(RolloutRecord.Kind.DEPLOY, release, Past.NONE, regions, new Observation(List.of(), List.of()));
        for (boolean json : List.of(false, true)) {
            try (View view = Views.of(silent(), json)) {
                view.show(new Report.PlanMade(plan, List.of()));
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Console silent() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(new BufferedReader(new StringReader("")), nowhere, nowhere, Set.of(), Map.of());
    }
}
