package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.spi.Prober.Answer;

class ProbePaceTest {
    private static final Duration WATCH = Duration.ofSeconds(30);
    private static final Supplier<Optional<Double>> UNKNOWN = Optional::empty;

    @Test
    void aSlowAppIsNotKeptBusyByItsProbe() {
        Duration took = Duration.ofMillis(300);

        Duration rest = ProbePace.of(app(3, Optional.empty()), UNKNOWN).rest(took, good(took));

        assertThat(took.plus(rest).dividedBy(3)).isGreaterThanOrEqualTo(took.multipliedBy(10));
    }

    @Test
    void aQuickAppIsAskedFiveTimesASecondAtMost() {
        Duration took = Duration.ofMillis(2);

        assertThat(took.plus(ProbePace.of(app(1, Optional.empty()), UNKNOWN).rest(took, good(took))))
                .isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void eachWatchSeesTwoRequestsHoweverSlowTheAppIs() {
        Duration took = Duration.ofSeconds(4);

        assertThat(took.plus(ProbePace.of(app(6, Optional.empty()), UNKNOWN).rest(took, good(took))))
                .isEqualTo(WATCH.dividedBy(2));
    }

    @Test
    void whatFailedIsAskedAgainSoon() {
        Duration took = Duration.ofMillis(150);
        Answer failed = new Answer(false, true, took, "503");

        assertThat(ProbePace.of(app(6, Optional.empty()), UNKNOWN).rest(took, failed))
                .isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void theProbeSendsNoMoreThanATenthOfWhatUsersSend() {
        Duration took = Duration.ofMillis(2);
        ProbePace pace = ProbePace.of(app(3, Optional.empty()), () -> Optional.of(20.0));

        assertThat(took.plus(pace.rest(took, good(took))))
                .as("three regions share two requests a second")
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void anAppWithoutUsersIsProbedTwiceInEachWatch() {
        Duration took = Duration.ofMillis(2);
        ProbePace pace = ProbePace.of(app(3, Optional.empty()), () -> Optional.of(0.0));

        assertThat(took.plus(pace.rest(took, good(took)))).isEqualTo(WATCH.dividedBy(2));
    }

    @Test
    void aBusyAppIsStillAskedFiveTimesASecondAtMost() {
        Duration took = Duration.ofMillis(2);
        ProbePace pace = ProbePace.of(app(3, Optional.empty()), () -> Optional.of(10_000.0));

        assertThat(took.plus(pace.rest(took, good(took)))).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whatFailsAgainAndAgainIsNotAskedMoreThanATenthOfWhatUsersAsk() {
        Duration took = Duration.ofMillis(50);
        Answer failed = new Answer(false, true, took, "503");
        ProbePace pace = ProbePace.of(app(2, Optional.empty()), () -> Optional.of(10.0));

        assertThat(took.plus(pace.rest(took, failed))).as("after the first").isEqualTo(Duration.ofMillis(200));
        assertThat(took.plus(pace.rest(took, failed))).as("after the second").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRateThatIsWrittenIsKept() {
        Duration took = Duration.ofMillis(300);

        assertThat(took.plus(ProbePace.of(app(3, Optional.of(2)), UNKNOWN).rest(took, good(took))))
                .isEqualTo(Duration.ofMillis(500));
    }

    private static Answer good(Duration took) {
        return new Answer(true, true, took, "200");
    }

    private static App app(int regions, Optional<Integer> rate) {
        ImageReference image = ImageReference.parse("journal");
        Duration second = Duration.ofSeconds(1);
        List<RegionName> names = IntStream.range(0, regions)
                .mapToObj(i -> new RegionName("r" + i))
                .toList();
        return new App(
                new AppName("journal"),
                new ComposeFile(
                        "services: {}", Map.of("web", new ComposeFile.Service(Optional.of(image), true, Map.of()))),
                image,
                names.getFirst(),
                names.stream()
                        .map(name -> new Region(
                                name, "simulated", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of()))
                        .toList(),
                Map.of(),
                new Serve("web", 3000, 3000, new HealthCheck("/", second, second, 2, second)),
                Optional.empty(),
                new RolloutSettings(names.reversed().stream().map(List::of).toList(), WATCH, second, second),
                TrafficSettings.here(8080, Optional.empty()),
                new ProbeSettings("/", rate, second));
    }
}
