package org.meridian.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.web.fixture.MadeRollout;
import org.meridian.web.fixture.MadeWorld;
import org.meridian.web.fixture.PageFixture;

/** The page's sums: modules without a pixel, asked in the browser that runs them. */
@Tag("browser")
class LogicTest {
    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static PageFixture fixture;

    @BeforeAll
    static void start() {
        MadeRollout rollout = MadeRollout.none();
        fixture = PageFixture.start(MadeWorld.small(rollout), rollout);
        browser = Browser.start();
        browser.driver().get(fixture.address() + "/login");
    }

    @AfterAll
    static void stop() {
        browser.close();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(null)|–",
                "count(3.44)|3.4",
                "count(1204.6)|1,205",
                "percent(0)|0 %",
                "percent(0.02)|0.02 %",
                "percent(1.84)|1.8 %",
                "percent(43)|43 %",
                "milliseconds(0.84)|0.8 ms",
                "milliseconds(1240)|1.2 s",
                "duration(7000)|7 s",
                "duration(118000)|1 min 58 s",
                "duration(7200000)|2 h",
                "duration(180000000)|2 d 2 h",
                "bytes(640000000)|640 MB",
                "bytes(1900000000)|1.9 GB",
                "ago(1000, 1500)|now",
                "plural(1, 'server')|1 server"
            })
    void figuresAreWrittenForPeople(String call, String text) {
        String written = call.startsWith("ago") ? "ago(new Date(1000).toISOString(), 1500)" : call;
        assertThat(from("format", "module." + written)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"53|[0,20,40,60]", "0.3|[0,0.1,0.2,0.3]", "0|[0,1]", "7|[0,5,10]"})
    void anAxisHasRoundMarksUpToTheMost(double most, String marks) {
        assertThat(from("scale", "JSON.stringify(module.ticks(" + most + "))")).isEqualTo(marks);
    }

    @Test
    void aTimeAxisCountsFromTheStart() {
        assertThat(from("scale", "module.timeTicks(0, 90_000, 4).map(mark => mark.label).join(' ')"))
                .isEqualTo("0:00 0:30 1:00 1:30");
        assertThat(from("scale", "module.timeTicks(0, 7_200_000, 3).map(mark => mark.label).join(' ')"))
                .isEqualTo("0:00 1:00:00 2:00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "London, -0.1, 51.5, true",
        "Denver, -105, 39.7, true",
        "Nairobi, 36.8, -1.3, true",
        "Alice Springs, 133.9, -23.7, true",
        "Anadyr beyond the date line, -175, 66.5, true",
        "the Pacific, -140, 0, false",
        "the Atlantic, -40, 30, false",
        "the Indian Ocean, 80, -20, false",
        "the Caspian Sea, 51, 42, false",
        "the Gulf of Mexico, -91, 25, false"
    })
    void theOutlineKnowsLandFromSea(String place, double longitude, double latitude, boolean land) {
        assertThat(from("land", "module.isLand(" + longitude + ", " + latitude + ")"))
                .as(place)
                .isEqualTo(land);
    }

    @Test
    void placesKeepTheirOrderOnTheMap() {
        Object order = from("geography", """
                [[-122, 38], [-6, 53], [140, 36]].map(([east, north]) => module.project(east, north, 1000))
                    .every(({ x, y }, i, all) => x > 0 && x < 1000 && y > 0 && (i === 0 || x > all[i - 1].x))""");
        assertThat(order).isEqualTo(true);
    }

    @Test
    void labelsDoNotCoverOneAnother() {
        Object overlaps = from("geography", """
                (() => {
                  const points = [{ x: 100, y: 100 }, { x: 130, y: 104 }, { x: 110, y: 120 }];
                  const at = module.labels(points, () => ({ width: 80, height: 30 }), { width: 600, height: 300 });
                  return at.flatMap((a, i) => at.slice(i + 1).filter(b =>
                    Math.abs(a.x - b.x) < 80 && Math.abs(a.y - b.y) < 30)).length;
                })()""");
        assertThat(overlaps).isEqualTo(0L);
    }

    @Test
    void regionsAtOnePlaceAreMovedApart() {
        assertThat(from("geography", "module.apart([{ x: 5, y: 5 }, { x: 5, y: 5 }], 20).map(p => p.x).join(' ')"))
                .isEqualTo("25 -15");
    }

    @Test
    void whatChangedIsSaidInSentences() {
        Object words = from("changes", """
                module.changes(
                  { regions: [{ name: 'us', health: 'healthy' }], unfinished: null },
                  { regions: [{ name: 'us', health: 'down', fallback: 'eu' }], unfinished: { to: 'r3' } })""");
        assertThat(words).isEqualTo(List.of("us is down. Its users go to eu.", "A rollout to r3 began."));
    }

    @Test
    void aRolloutsPhasesAreBarsInWaves() {
        String detail = """
                { rollout: { startedAt: '2026-01-01T00:00:00Z', endedAt: null, regions: ['eu', 'us'] }, phases: [
                  { region: 'us', phase: 'shift', startedAt: '2026-01-01T00:01:00Z', endedAt: null, ok: null },
                  { region: 'us', phase: 'prepare', startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:40Z', ok: true }] }""";
        assertThat(from("timeline", "JSON.stringify(module.wavesOf(" + detail + ", 'eu'))"))
                .isEqualTo("[[\"us\"],[\"eu\"]]");
        String now = "Date.parse('2026-01-01T00:01:30Z')";
        String bars = "module.barsOf('us', " + detail + ".phases, " + now + ")";
        assertThat(from("timeline", bars + ".map(bar => bar.phase + (bar.to - bar.from) / 1000).join(' ')"))
                .isEqualTo("prepare40 shift30");
        assertThat(from("timeline", "module.current(" + bars + ")")).isEqualTo("shift");
    }

    @Test
    void aBranchIsFoundWithoutOpeningOthers() {
        Object found = from("tree", """
                (() => {
                  const server = name => ({ name, state: 'running', health: 'healthy', containers:
                    [{ id: 'c1', service: 'web', state: 'running', health: 'healthy', processes: [] }] });
                  const world = { app: 'a', driver: 'haproxy', address: 'x', regions:
                    [{ name: 'eu', health: 'healthy', servers: [server('a-eu-r1-1'), server('a-eu-r1-2')] }] };
                  const { node, above } = module.find(module.tree(world), 'container/a-eu-r1-2/c1');
                  return node.name + ' ' + above.join(' ');
                })()""");
        assertThat(found).isEqualTo("web internet edge pool/eu server/a-eu-r1-2");
    }

    private static Object from(String module, String expression) {
        Object answer = browser.driver()
                .executeAsyncScript("const done = arguments[arguments.length - 1];"
                        + "import('/logic/" + module + ".js').then(module => done(" + expression
                        + ")).catch(error => done('FAILED: ' + error))");
        return String.valueOf(answer).startsWith("FAILED") ? fail(String.valueOf(answer)) : orNull(answer);
    }

    private static Object fail(String words) {
        throw new AssertionError(words);
    }

    private static Object orNull(@org.jspecify.annotations.Nullable Object answer) {
        return answer == null ? "null" : answer;
    }
}
