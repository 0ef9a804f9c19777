package org.meridian.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meridian.cli.fake.Samples.after;
import static org.meridian.testkit.simulation.SimulatedApps.US;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meridian.cli.doctor.Finding;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.fake.Samples;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.event.RolloutEvent.Phase;
import org.meridian.core.event.RolloutEvent.Stage;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Weight;

/** The shapes that programs rely on; docs/json.md describes them. */
final class JsonViewTest {
    private static final Diagnostic PROBLEM = new Diagnostic(
            "unknown-key",
            "no key 'regoins'",
            "",
            "Write 'regions'.",
            Optional.of(new Location("meridian.yml", 12, 5)));

    private final FakeConsole console = FakeConsole.pipe();
    private final JsonView view = new JsonView(console.console());

    @Test
    void the_receipt() {
        view.emit(new RolloutEvent.Finished(after(81_250), Samples.receipt(Receipt.Outcome.ROLLED_BACK)));

        assertThat(console.out())
                .isEqualTo("{'event':'receipt','outcome':'rolled-back','release':'r2','previous':'r1','regions':["
                                .replace('\'', '"')
                        + "{'name':'us','servers':2,'prepare_ms':13420,'shift_ms':6050},".replace('\'', '"')
                        + "{'name':'ap','servers':2,'prepare_ms':75000,'shift_ms':0}],".replace('\'', '"')
                        + "'probe':{'sent':1440,'failed':0,'p50_ms':4,'p99_ms':21,'max_ms':1080},".replace('\'', '"')
                        + "'duration_ms':81250}\n".replace('\'', '"'));
    }

    @Test
    void the_status() {
        view.show(new Report.Status(Samples.status(), Samples.START));

        assertThat(console.out())
                .isEqualTo(("{'app':'journal','release':'r2','primary':'eu','regions':[{'name':'eu','release':'r2',"
                                + "'healthy':1,'wanted':2,'weight':100,'servers':["
                                + "{'name':'journal-eu-r2-1','release':'r2','health':'healthy','weight':100,"
                                + "'address':'10.1.0.1'},"
                                + "{'name':'journal-eu-r1-1','release':'r1','health':'unknown','weight':0,"
                                + "'address':null}]}],"
                                + "'previous':'r1','kept':{'release':'r1','until':'2026-11-23T10:10:00Z',"
                                + "'servers':1,'of':2},'locked':{'by':'ops@lab','what':'deploy',"
                                + "'since':'2026-11-23T09:59:55Z','message':'','kept':false},'interrupted':null,"
                                + "'unfinished':null,'approval':null,'orphans':[],'unseen':[{'region':'us','code':'ssh-unreachable',"
                                + "'summary':'no SSH connection to lab-2','suggestion':'Start it.'}],"
                                + "'services':{'workers':[],'jobs':[],'kept':[],'unasked':[]}}\n")
                        .replace('\'', '"'));
    }

    @Test
    void events_have_a_name_and_an_instant() {
        view.emit(new RolloutEvent.PhaseStarted(after(0), US, Phase.BEFORE_SHIFT));
        view.emit(new RolloutEvent.PhaseEnded(after(1), US, Phase.SHIFT, Duration.ofMillis(1500)));
        view.emit(new RolloutEvent.ServerReached(
                after(2), US, Samples.server(US, Samples.R2, 1), Stage.HEALTHY, Duration.ofMillis(7)));
        view.emit(new RolloutEvent.Waiting(after(3), Optional.empty(), "the lock", Duration.ofSeconds(5)));
        view.emit(new RolloutEvent.Shifted(after(4), US, Samples.R2, Weight.FULL));
        view.emit(new RolloutEvent.Note(after(5), "caf\u00e9"));
        view.emit(new RolloutEvent.Reverting(after(6), Samples.R2, Optional.<ReleaseId>empty(), List.of(US)));
        view.emit(new RolloutEvent.Probed(after(7), 3, 1, Duration.ofMillis(2), Duration.ofMillis(9)));
        view.emit(new RolloutEvent.ProbeFailed(after(8), US, "503"));

        assertThat(console.out().replace('"', '\'').lines())
                .containsExactly(
                        at("phase_started", 0) + "'region':'us','phase':'before-shift'}",
                        at("phase_ended", 1) + "'region':'us','phase':'shift','took_ms':1500}",
                        at("server_reached", 2)
                                + "'region':'us','server':'journal-us-r2-1','stage':'healthy','took_ms':7}",
                        at("waiting", 3) + "'region':null,'what':'the lock','at_most_ms':5000,'waited_ms':0,'seen':''}",
                        at("shifted", 4) + "'region':'us','release':'r2','weight':100}",
                        at("note", 5) + "'text':'caf\\u00E9'}",
                        at("reverting", 6) + "'from':'r2','to':null,'regions':['us']}",
                        at("probed", 7) + "'sent':3,'failed':1,'p50_ms':2,'max_ms':9}",
                        at("probe_failed", 8) + "'region':'us','detail':'503'}");
    }

    private static String at(String event, int millis) {
        String instant = millis == 0 ? "2026-11-23T10:00:00Z" : "2026-11-23T10:00:00.00" + millis + "Z";
        return "{'event':'" + event + "','at':'" + instant + "',";
    }

    @Test
    void a_failure_is_an_event_and_text_on_standard_error() {
        view.emit(new RolloutEvent.Failed(after(0), Optional.of(US), PROBLEM));
        view.problems(List.of(PROBLEM));

        assertThat(console.out().replace('"', '\''))
                .isEqualTo("{'event':'failed','at':'2026-11-23T10:00:00Z','region':'us','problem':"
                        + "{'code':'unknown-key','summary':'no key 'regoins'','detail':'',"
                        + "'suggestion':'Write 'regions'.','where':'meridian.yml:12:5'}}\n");
        assertThat(console.err()).isEqualTo("meridian.yml:12:5: error: no key 'regoins'\n  -> Write 'regions'.\n");
    }

    @Test
    void a_problem_that_was_no_event_is_an_error_event() {
        view.problems(List.of(PROBLEM));
        assertThat(console.out()).startsWith("{\"event\":\"error\",\"problem\":{\"code\":\"unknown-key\"");
        assertThat(console.err()).contains("meridian.yml:12:5: error:");
    }

    @Test
    void the_start_carries_the_plan() {
        view.emit(new RolloutEvent.Started(after(0), Samples.rollout(), Samples.plan()));

        assertThat(console.out().replace('"', '\''))
                .startsWith("{'event':'started','at':'2026-11-23T10:00:00Z','rollout':7,'plan':{'kind':'deploy',"
                        + "'release':'r2','label':'journal:v2','revision':'0123456789ab','previous':'r1',"
                        + "'primary':'eu','unchanged':false,'regions':[{'name':'eu','servers':2,'servers_before':0,"
                        + "'create':['journal-eu-r2-1',")
                .contains(
                        "'waves':[['us','ap'],['eu']],'release_command':null,'before_shift':['bundle','exec','migrate'],'workers':{},'jobs':{},'overrides':[]}}");
    }

    @Test
    void remarks_for_people_stay_off_standard_output() {
        view.remark("Stopped.");
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("Stopped.\n");
    }

    @Test
    void lists_and_the_checkup() {
        view.show(new Report.Servers(List.of(Samples.existing(US, Samples.R2, 1))));
        view.show(new Report.Releases(List.of(Samples.release()), List.of(Samples.rollout())));
        view.show(new Report.Checkup(List.of(Finding.fail("docker", "it sleeps", "Wake it."))));

        assertThat(console.out().replace('"', '\'').lines())
                .containsExactly(
                        "{'servers':[{'name':'journal-us-r2-1','region':'us','release':'r2','state':'running',"
                                + "'address':'10.1.0.1'}]}",
                        "{'releases':[{'release':'r2','label':'journal:v2','revision':'0123456789ab',"
                                + "'created_at':'2026-11-23T10:00:00Z'}],'rollouts':[{'rollout':7,'kind':'deploy',"
                                + "'from':'r1','to':'r2','regions':['us','ap','eu'],'outcome':'running',"
                                + "'started_at':'2026-11-23T10:00:00Z','keep_until':null}]}",
                        "{'ok':false,'checks':[{'check':'docker','level':'fail','text':'it sleeps',"
                                + "'fix':'Wake it.'}]}");
    }
}
