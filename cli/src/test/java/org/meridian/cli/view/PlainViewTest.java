package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.EU;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.event.RolloutEvent.Failed;
import org.meridian.core.event.RolloutEvent.Finished;
import org.meridian.core.event.RolloutEvent.Note;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.PhaseEnded;
import org.meridian.core.event.RolloutEvent.PhaseStarted;
import org.meridian.core.event.RolloutEvent.ProbeFailed;
import org.meridian.core.event.RolloutEvent.Probed;
import org.meridian.core.event.RolloutEvent.Reverting;
import org.meridian.core.event.RolloutEvent.ServerReached;
import org.meridian.core.event.RolloutEvent.Shifted;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.event.RolloutEvent.Started;
import org.meridian.core.event.RolloutEvent.Waiting;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Weight;
import org.meridian.core.operation.SeenAccessory;
import org.meridian.core.operation.SeenAccessory.InFile;
import org.meridian.core.operation.SeenBackups;
import org.meridian.core.plan.Plan;
import org.meridian.core.spi.Accessories.Accessory;
import org.meridian.core.spi.Accessories.Backups;

final class PlainViewTest {
    private final FakeConsole console = FakeConsole.pipe();
    private final PlainView view = new PlainView(console.console());

    @Test
    void what_servers_and_programs_say_moves_no_cursor() {
        FakeConsole console = FakeConsole.colours();
        PlainView view = new PlainView(console.console());
        String evil = "\u001b]0;title\u0007\u001b[2J\u009b1A\u202e";
        view.emit(new Failed(
                after(0), Optional.of(US), new Diagnostic("c", "s" + evil, "d" + evil, "do" + evil, Optional.empty())));
        view.emit(new Note(after(0), "n" + evil));
        view.emit(new ProbeFailed(after(0), US, "p" + evil));
        view.remark("r" + evil);

        assertThat(console.out() + console.err())
                .contains("error:\u001b[0m s", "    d", "-> do", "n^[", "p^[", "r^[")
                .doesNotContain("\u001b]", "\u001b[2J", "\u0007", "\u009b", "\u202e");
    }

    @Test
    void a_plan_says_what_keeps_data_and_stays_another_than_the_compose_file_has_and_how_long_a_new_one_takes() {
        List<SeenAccessory> services = List.of(
                accessory("cache", InFile.SAME, Optional.empty()),
                accessory("db", InFile.OTHER, Optional.of(Duration.ofSeconds(8)), "image", "mem_limit"),
                accessory("queue", InFile.OTHER, Optional.empty(), "command"),
                accessory("search", InFile.GONE, Optional.empty()));

        for (Plan plan : List.of(Samples.plan(), Samples.nothing())) {
            FakeConsole console = FakeConsole.pipe();
            new PlainView(console.console())
                    .show(new Report.PlanMade(
                            plan,
                            List.of(),
                            Duration.ZERO,
                            Optional.empty(),
                            List.of(),
                            services,
                            List.of(),
                            List.of()));

            assertThat(console.out())
                    .contains(
                            "db keeps data and goes on as it was started: other image, mem_limit; 'meridian accessories"
                                    + " upgrade db' makes it again, and it is away for about 8.0s, as it was the last time\n",
                            "queue keeps data and goes on as it was started: other command; 'meridian accessories upgrade"
                                    + " queue' makes it again, and it is away until it has stopped and is well again\n",
                            "search keeps data and is not in the Compose file any more: it goes on until 'meridian"
                                    + " accessories remove search'\n")
                    .doesNotContain("cache");
        }
    }

    @Test
    void a_plan_says_which_regions_get_the_image_through_this_machine() {
        FakeConsole console = FakeConsole.pipe();

        new PlainView(console.console())
                .show(new Report.PlanMade(
                        Samples.plan(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(new RegionName("lab"), new RegionName("attic")),
                        List.of()));

        assertThat(console.out()).contains(" (in lab, attic through this machine, over SSH)\n");
    }

    private static SeenAccessory accessory(String name, InFile file, Optional<Duration> away, String... changed) {
        return new SeenAccessory(
                new Accessory(name, "image=0", "running", "2026-01-02T03:04:05Z", away, Backups.NONE, List.of()),
                file,
                List.of(changed),
                new SeenBackups(Backups.NONE, Optional.empty(), Optional.empty()));
    }

    @Test
    void every_event_is_a_line_with_the_time_and_the_region() {
        start(Samples.plan());
        view.emit(new PhaseStarted(after(100), US, Phase.PREPARE));
        view.emit(new ServerReached(
                after(4_250), US, Samples.server(US, Samples.R2, 1), Stage.PULLED, Duration.ofMillis(900)));
        view.emit(new Waiting(after(5_000), Optional.of(US), "the edge to see us healthy", Duration.ofSeconds(90)));
        view.emit(new PhaseEnded(after(72_000), US, Phase.PREPARE, Duration.ofMillis(71_900)));
        view.emit(new Shifted(after(73_000), US, Samples.R2, Weight.FULL));

        assertThat(console.out()).isEqualTo("""
                           0.0s      deploy r2 (journal:v2) from r1
                           0.1s  us  prepare begins
                           4.2s  us  journal-us-r2-1 pulled in 0.9s
                           5.0s  us  waiting for the edge to see us healthy (at most 1m30s)
                          1m12s  us  ✓ prepared in 1m11s
                          1m13s  us  traffic on r2
                        """);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void a_failure_is_a_line_and_the_whole_problem_on_standard_error() {
        start(Samples.plan());
        view.emit(new Failed(
                after(2_000),
                Optional.of(US),
                Diagnostic.of("unhealthy", "journal-us-r2-1 is not healthy", "Read its log above.")
                        .withDetail("web | no database\nweb | exit 1")));
        view.emit(new Reverting(after(2_100), Samples.R2, Optional.of(Samples.R1), List.of(US)));

        assertThat(console.out()).endsWith("""
                           2.0s  us  ✗ failed: journal-us-r2-1 is not healthy
                           2.1s      ! going back from r2 to r1: us
                        """);
        assertThat(console.err()).isEqualTo("""
                        error: journal-us-r2-1 is not healthy
                            web | no database
                            web | exit 1
                          -> Read its log above.
                        """);
    }

    @Test
    void a_problem_that_was_an_event_is_not_told_again_at_the_end() {
        Diagnostic problem = Diagnostic.of("unhealthy", "it is not healthy", "Fix it.");
        view.emit(new Failed(after(0), Optional.empty(), problem));
        view.problems(List.of(problem));

        assertThat(console.err()).containsOnlyOnce("it is not healthy");
    }

    @Test
    void the_probe_is_counted_every_ten_seconds_and_its_failures_are_told_at_once() {
        start(Samples.plan());
        for (int second = 1; second <= 12; second++) {
            view.emit(new Probed(after(second * 1000L), second * 30, 0, Duration.ofMillis(4), Duration.ofMillis(21)));
        }
        view.emit(new ProbeFailed(after(12_500), EU, "503 from 127.0.0.1:8080"));

        assertThat(console.out().lines().skip(1))
                .containsExactly(
                        "   1.0s      probe: 30 sent, 0 failed, p50 4 ms, worst 21 ms",
                        "  11.0s      probe: 330 sent, 0 failed, p50 4 ms, worst 21 ms",
                        "  12.5s  eu  ✗ a request failed: 503 from 127.0.0.1:8080");
    }

    @Test
    void an_outage_does_not_bury_everything_else() {
        start(Samples.plan());
        for (int i = 0; i < 500; i++) {
            view.emit(new ProbeFailed(after(1000), EU, "refused"));
        }
        assertThat(console.out().lines()).hasSize(1 + 20 + 1);
        assertThat(console.out()).endsWith("more failed requests are counted, not listed\n");
    }

    @Test
    void the_receipt_is_a_small_table() {
        start(Samples.plan());
        view.emit(new Finished(after(81_250), Samples.receipt(Receipt.Outcome.DEPLOYED)));

        assertThat(console.out()).endsWith("""

                          ✓ Deployed r1 -> r2 in 1m21s

                          region   servers   prepare   shift
                          ──────────────────────────────────
                          us             2     13.4s    6.0s
                          ap             2     1m15s       -

                          1,440 requests · 0 failed · p50 4 ms · p99 21 ms · worst 1,080 ms

                        """);
    }

    @Test
    void a_rollback_that_was_asked_for_is_no_failure() {
        start(Samples.plan(RolloutRecord.Kind.ROLLBACK));
        view.emit(new Finished(after(2_000), Samples.receipt(Receipt.Outcome.ROLLED_BACK)));
        assertThat(console.out()).contains("✓ Rolled back r1 -> r2 in 1m21s");
    }

    @Test
    void a_deploy_that_was_put_back_is_one() {
        start(Samples.plan());
        view.emit(new Failed(after(1_000), Optional.of(US), Diagnostic.of("x", "it fails", "")));
        view.emit(new Finished(after(2_000), Samples.receipt(Receipt.Outcome.ROLLED_BACK)));
        assertThat(console.out()).contains("✗ Not deployed: r1 serves as before, r2 was taken back in 1m21s");
    }

    @Test
    void an_interrupted_deploy_that_is_undone_as_asked_is_none() {
        start(Samples.plan());
        view.emit(new Finished(after(2_000), Samples.receipt(Receipt.Outcome.ROLLED_BACK)));
        assertThat(console.out()).contains("✓ r1 serves as before, r2 was taken back in 1m21s");
    }

    @Test
    void the_plan_tells_what_comes_stays_and_goes_and_how_long_it_took_before() {
        view.show(new Report.PlanMade(Samples.plan(), List.of(Samples.receipt(Receipt.Outcome.DEPLOYED))));

        assertThat(console.out()).isEqualTo("""
                        Plan: deploy r2 (journal:v2) from r1

                          eu  (simulated DE, primary)
                            + create  journal-eu-r2-1, journal-eu-r2-2
                            = keep    journal-eu-r1-1, journal-eu-r1-2
                          us  (simulated DE)
                            + create  journal-us-r2-1, journal-us-r2-2
                            = keep    journal-us-r1-1, journal-us-r1-2
                            - retire  journal-us-r9-1
                          ap  (simulated DE)
                            + create  journal-ap-r2-1, journal-ap-r2-2
                            = keep    journal-ap-r1-1, journal-ap-r1-2

                          1. prepare eu, us, ap, all at once  about 1m15s
                          2. run in eu: bundle exec migrate
                          3. shift us, ap  about 6.0s
                          4. shift eu

                        6 to create, 6 kept warm, 1 to retire
                        """);
    }

    @Test
    void a_plan_with_nothing_to_do_says_so() {
        view.show(new Report.PlanMade(Samples.nothing(), List.of()));
        assertThat(console.out()).isEqualTo("Nothing to do: r2 (journal:v2) serves everywhere.\n");
    }

    @Test
    void the_status_tells_who_serves_what_and_who_holds_the_lock() {
        view.show(new Report.Status(Samples.status(), Samples.START));

        assertThat(console.out()).isEqualTo("""
                        journal  r2 serves everywhere
                        r1 kept until 2026-11-23 10:10 UTC, 1 of 2 servers (another 10m00s)
                        ! locked by ops@lab: deploy, since 5.0s
                        ! us: no SSH connection to lab-2; what runs there is not known

                        region         release   healthy   weight
                        ─────────────────────────────────────────
                        eu (primary)   r2        1/2          100

                        server            release   health    weight   in flight   address
                        ───────────────────────────────────────────────────────────────────
                        journal-eu-r2-1   r2        healthy      100           3   10.1.0.1
                        journal-eu-r1-1   r1        unknown      out           0   -
                        """);
    }

    private void start(Plan plan) {
        view.emit(new Started(Samples.START, Samples.rollout(), plan));
    }
}
