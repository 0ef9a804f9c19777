package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.operation.StatusReport;
import org.meridian.core.operation.StatusReport.Kept;
import org.meridian.core.spi.StateStore.Holder;

/** What the status tells beyond who serves what, and the journal that explains it. */
final class StatusViewTest {
    private final FakeConsole console = FakeConsole.pipe();

    @Test
    void what_was_cut_off_where_and_what_each_way_out_takes_is_one_paragraph() {
        assertThat(text(Samples.cutOff()))
                .contains("! The deploy of r2 did not end: it was cut off while us: changing the pool (r2 at 50%);"
                        + " us serves r2, eu and ap still serve r1."
                        + " 'meridian deploy' with the same image and configuration finishes it: 2 servers are made,"
                        + " 1 server gets the release, 3 regions change their weights."
                        + " 'meridian rollback' puts r1 back: 1 region changes its weights, 4 servers are removed.");
    }

    @Test
    void orphans_are_named_with_what_removes_them() {
        assertThat(text(Samples.cutOff()))
                .contains("! no release accounts for journal-us-r9-1: 'meridian retire --orphans' removes it");
    }

    @Test
    void a_machine_out_of_reach_is_told() {
        assertThat(text(Samples.status())).contains("! us: no SSH connection to lab-2; what runs there is not known");
    }

    @Test
    void an_approval_that_is_waited_for_is_told() {
        assertThat(text(Samples.waitsForApproval()))
                .contains(
                        "! r2 waits for approval before the primary eu moves: 'meridian promote' or 'meridian abort'");
    }

    @Test
    void a_kept_lock_shows_its_message_and_how_it_ends() {
        var view = new PlainView(console.console());
        Holder holder = new Holder("ops@lab", "lock acquire", Samples.START, "maintenance", true);
        view.show(new Report.Lock(Optional.of(holder), after(65_000)));
        assertThat(console.out())
                .isEqualTo("locked by ops@lab: lock acquire, since 1m05s (\"maintenance\"); it stays until"
                        + " 'meridian lock release'\n");
    }

    @Test
    void a_warm_release_whose_time_is_over_may_go() {
        var view = new PlainView(console.console());
        view.show(new Report.Status(Samples.status(), after(700_000)));
        assertThat(console.out())
                .contains("r1 kept until 2026-11-23 10:10 UTC, 1 of 2 servers: may go now ('meridian retire')");
    }

    @Test
    void programs_get_the_same_facts() {
        new JsonView(console.console()).show(new Report.Status(Samples.cutOff(), Samples.START));
        assertThat(console.out().replace('"', '\''))
                .contains("'previous':null,'kept':null,'locked':null,'interrupted':'The deploy of r2 did not end")
                .contains("'unfinished':{'rollout':7,'kind':'deploy','from':'r1','to':'r2'")
                .contains("'during':[{'act':'set-pool','region':'us','server':null,'detail':'r2 at 50%'}]")
                .contains("'finish':{'create':2,'prepare':1,'shift':3,'remove':0}")
                .contains("'undo':{'create':0,'prepare':0,'shift':1,'remove':4}")
                .endsWith(
                        "'approval':null,'orphans':[{'server':'journal-us-r9-1','region':'us','release':'r9'}],'unseen':[],"
                                + "'services':{'workers':[],'jobs':[],'kept':[],'unasked':[]}}\n");
    }

    @Test
    void a_plan_says_how_long_and_what_share_of_the_servers_is_kept() {
        var view = new PlainView(console.console());
        view.show(new Report.PlanMade(Samples.plan(), List.of(), Duration.ofMinutes(15), Optional.empty()));
        assertThat(console.out())
                .endsWith("6 to create, 6 kept warm, 1 to retire\nr1 is kept for 15m after that: 6 of 12 servers\n");
    }

    @Test
    void a_plan_with_nothing_to_do_says_what_is_kept_already() {
        var view = new PlainView(console.console());
        var kept = new Kept(Samples.R1, Optional.of(after(600_000)), 6, 12);
        view.show(new Report.PlanMade(Samples.nothing(), List.of(), Duration.ofMinutes(15), Optional.of(kept)));
        assertThat(console.out()).isEqualTo("""
                        Nothing to do: r2 (journal:v2) serves everywhere.
                        r1 kept until 2026-11-23 10:10 UTC, 6 of 12 servers
                        """);
    }

    @Test
    void the_journal_is_a_table_with_the_runs_of_each_deployer() {
        new PlainView(console.console()).show(new Report.Journal(Samples.journal()));
        assertThat(console.out()).isEqualTo("""
                        rollout 7: r1 -> r2, deploy not ended

                        time (UTC)            run   what                                          took   ended
                        ─────────────────────────────────────────────────────────────────────────────────────────────────────────
                        2026-11-23 10:00:01     1   us: starting the release on journal-us-r2-1   2.5s   done
                        2026-11-23 10:00:01     1   ap: pulling images on journal-ap-r2-1         0.9s   failed: its disk is full
                        2026-11-23 10:00:09     2   us: changing the pool (r2 at 50%)                -   not known
                        """);
    }

    @Test
    void programs_get_the_journal_too() {
        new JsonView(console.console()).show(new Report.Journal(Samples.journal()));
        assertThat(console.out().replace('"', '\''))
                .startsWith("{'rollout':7,'kind':'deploy','from':'r1','to':'r2'")
                .contains(
                        "'under_way':false,'acts':[{'act':'start','region':'us','server':'journal-us-r2-1','detail':'',"
                                + "'at':'2026-11-23T10:00:01Z','token':4,'ended':'done','took_ms':2500,'problem':null}")
                .endsWith("'token':5,'ended':null,'took_ms':null,'problem':null}]}\n");
    }

    private String text(StatusReport status) {
        new PlainView(console.console()).show(new Report.Status(status, Samples.START));
        return console.out();
    }
}
