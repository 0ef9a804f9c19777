package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.ExitCode;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.FakeMeridian;
import org.meridian.cli.fake.Samples;
import org.meridian.config.ConfigurationLoader;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Act;
import org.meridian.core.model.App;
import org.meridian.core.model.JournalEntry.State;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.JournalReport.Line;
import org.meridian.testkit.simulation.SimulatedApps;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SimulateCommandTest {
    private static final RegionName EU = SimulatedApps.EU;

    private final FakeMeridian meridian = new FakeMeridian();
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void the_reference_configuration_is_rehearsed_in_every_situation() {
        meridian.configured(load("docs/reference/meridian.yml"));

        assertThat(run("simulate", "--runs", "3", "--json")).isEqualTo(ExitCode.DONE);

        JsonNode json = firstObject();
        assertThat(json.at("/deploy/runs").asInt()).isEqualTo(3);
        assertThat(json.at("/stages/0/stage").asString()).isEqualTo("prepare");
        assertThat(json.at("/situations").size()).isEqualTo(9);
        assertThat(json.at("/situations/0/endings/0").toString())
                .isEqualTo("{\"ending\":\"deployed\",\"exit_code\":0,\"runs\":3}");
        assertThat(json.at("/regions/2/region").asString()).isEqualTo("ap-southeast-1");
        assertThat(json.at("/regions/2/readers_go_to").asString()).isEqualTo("eu-west");
        assertThat(json.at("/regions/2/borne").asBoolean()).isTrue();
    }

    @Test
    void people_read_how_long_it_takes_what_it_costs_and_what_can_be_lost() {
        assertThat(run("simulate", "--runs", "3")).isEqualTo(ExitCode.DONE);

        assertThat(console.out())
                .contains("journal, simulated: 3 regions, 6 servers; 3 deploys of each situation, seed 1")
                .contains("█")
                .containsPattern("deploy +1m\\d\\ds")
                .containsPattern("rollback to warm servers +\\d\\.\\ds")
                .containsPattern("nothing +100% +(- +)+1m\\d\\ds +0\\.0s +0\\.0s")
                .containsPattern("a new server never boots +- +100% ")
                .contains("exit 0: deployed; exit 1: failed and put back")
                .containsPattern("us +eu +100% +✓ can bear it")
                .contains("is 50% busy when all is well")
                .containsPattern("--boot\\) .* a guess: nothing was measured yet");
        assertThat(console.err()).isEmpty();
        assertThat(meridian.calls()).containsExactly("close");
    }

    @Test
    void servers_that_are_busier_cannot_bear_as_much() {
        assertThat(run("simulate", "--runs", "1", "--load", "70%")).isEqualTo(ExitCode.DONE);
        assertThat(console.out())
                .containsPattern("us +eu +140% +✗ 1 server too few")
                .contains("is 70% busy");
    }

    @Test
    void where_no_deploy_can_go_well_the_reason_is_told() {
        assertThat(run("simulate", "--runs", "1", "--boot", "20m")).isEqualTo(ExitCode.DONE);
        assertThat(console.out())
                .containsPattern("No deploy went well: journal-.*: no connection for boot\\.")
                .doesNotContain("rollback to warm servers");
    }

    @Test
    void one_region_alone_is_told_that_nobody_can_stand_in_for_it() {
        meridian.configured(onlyThePrimary(Samples.APP));

        assertThat(run("simulate", "--runs", "2")).isEqualTo(ExitCode.DONE);

        assertThat(console.out()).containsPattern("eu +nobody +- +✗ there is no other region");
    }

    @Test
    void the_same_seed_prints_the_same_report_and_another_one_another() {
        run("simulate", "--runs", "2", "--seed", "5");
        String first = console.out();
        var again = FakeConsole.pipe();
        var other = FakeConsole.pipe();

        CommandLineRun.of(meridian, again, "simulate", "--runs", "2", "--seed", "5");
        CommandLineRun.of(meridian, other, "simulate", "--runs", "2", "--seed", "6");

        assertThat(again.out()).isEqualTo(first);
        assertThat(other.out()).isNotEqualTo(first);
    }

    @Test
    void times_are_learnt_from_past_deploys_and_the_command_line_wins() {
        meridian.remembers(deployed());

        assertThat(run("simulate", "--runs", "1", "--json", "--start", "90s")).isEqualTo(ExitCode.DONE);

        JsonNode assumptions = firstObject().at("/assumptions");
        assertThat(assumptions.at("/boot").toString())
                .isEqualTo("{\"p50_ms\":25000,\"max_ms\":37500,\"source\":\"measured\",\"measured\":1}");
        assertThat(assumptions.at("/pull/p50_ms").asInt()).isEqualTo(12_000);
        assertThat(assumptions.at("/healthy/p50_ms").asInt()).isEqualTo(6_000);
        assertThat(assumptions.at("/start/p50_ms").asInt()).isEqualTo(90_000);
        assertThat(assumptions.at("/start/source").asString()).isEqualTo("given");
        assertThat(assumptions.at("/command/source").asString()).isEqualTo("usual");
    }

    @Test
    void a_state_store_that_cannot_be_read_is_no_reason_not_to_simulate() {
        meridian.forgets(Failure.of(Diagnostic.of("store", "the store does not answer", "Fix it.")));

        assertThat(run("simulate", "--runs", "1")).isEqualTo(ExitCode.DONE);

        assertThat(console.err()).contains("so usual times are assumed: the store does not answer");
    }

    @Test
    void on_a_terminal_a_line_tells_how_far_it_is_and_goes() {
        var terminal = FakeConsole.terminal();

        CommandLineRun.of(meridian, terminal, "simulate", "--runs", "1");

        assertThat(terminal.err()).contains("\r9 of 9 simulated deploys").endsWith("\r\u001b[K");
    }

    /** A deploy whose one server was asked for, booted for 25 s, pulled for 12 s, and was healthy 6 s after its start. */
    private static JournalReport deployed() {
        var rollout = new RolloutRecord(
                2,
                RolloutRecord.Kind.DEPLOY,
                Optional.empty(),
                Samples.R1,
                List.of(EU),
                RolloutRecord.Outcome.DONE,
                Samples.START,
                Optional.empty());
        List<Line> lines = new ArrayList<>();
        lines.add(line(Act.Kind.CONVERGE, 0, 2));
        lines.add(line(Act.Kind.PLACE, 25, 1));
        lines.add(line(Act.Kind.PULL, 26, 12));
        lines.add(line(Act.Kind.START, 38, 3));
        // 48 - 41 s, less the second between two good answers.
        lines.add(line(Act.Kind.SET_POOL, 48, 1));
        lines.add(line(Act.Kind.SET_POOL, 60, 1));
        return new JournalReport(rollout, false, lines);
    }

    private static Line line(Act.Kind kind, int at, int took) {
        boolean one = kind != Act.Kind.CONVERGE && kind != Act.Kind.SET_POOL;
        Optional<ServerName> server = one ? Optional.of(Samples.server(EU, Samples.R1, 1)) : Optional.empty();
        Instant began = Samples.after(at * 1_000L);
        return new Line(
                1,
                began,
                new Act(kind, Optional.of(EU), server, ""),
                Optional.of(State.DONE),
                Optional.of(Duration.ofSeconds(took)),
                Optional.empty());
    }

    private static App onlyThePrimary(App app) {
        return new App(
                app.name(),
                app.compose(),
                app.image(),
                app.primary(),
                List.of(app.region(app.primary())),
                app.env(),
                app.serve(),
                app.beforeShift(),
                new RolloutSettings(
                        List.of(List.of(app.primary())),
                        app.rollout().watch(),
                        app.rollout().drain(),
                        app.rollout().keepPrevious()),
                app.traffic(),
                app.probe());
    }

    private static App load(String file) {
        Path above = Path.of("..");
        Path checkout = Files.isDirectory(above.resolve("docs/reference")) ? above : Path.of("");
        return new ConfigurationLoader().load(checkout.resolve(file)).app();
    }

    private JsonNode firstObject() {
        return JsonMapper.shared().readTree(console.out().lines().findFirst().orElseThrow());
    }

    private int run(String... args) {
        return CommandLineRun.of(meridian, console, args);
    }
}
