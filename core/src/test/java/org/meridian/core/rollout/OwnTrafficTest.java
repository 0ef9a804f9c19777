package org.meridian.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.OriginMetrics;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.MetricSource;

class OwnTrafficTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");
    private static final Duration LATER = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final Map<RegionName, Map<String, Long>> counts = new TreeMap<>();
    private boolean silent;
    private int probed;
    private final OwnTraffic own = new OwnTraffic(source(), List.of(EU, US), () -> probed, time);

    @Test
    void theProbesOwnRequestsAreNotTheUsers() throws InterruptedException {
        look(Map.of("eu-1", 1_000L), Map.of("us-1", 500L), 100);
        look(Map.of("eu-1", 1_150L), Map.of("us-1", 580L), 130);

        assertThat(own.perSecond()).contains(20.0);
    }

    @Test
    void aServerThatJoinedIsCountedAndOneThatBeganAgainToo() throws InterruptedException {
        look(Map.of("eu-1", 1_000L), Map.of("us-1", 500L), 0);
        look(Map.of("eu-1", 1_000L, "eu-2", 60L), Map.of("us-1", 40L), 0);

        assertThat(own.perSecond()).contains(10.0);
    }

    @Test
    void onlyTheLastHalfMinuteCounts() throws InterruptedException {
        look(Map.of("eu-1", 0L), Map.of(), 0);
        look(Map.of("eu-1", 9_000L), Map.of(), 0);
        for (int i = 0; i < 4; i++) {
            look(Map.of("eu-1", 9_000L), Map.of(), 0);
        }

        assertThat(own.perSecond()).contains(0.0);
    }

    @Test
    void moreProbesThanAnswersAreNoTraffic() throws InterruptedException {
        look(Map.of("eu-1", 0L), Map.of(), 0);
        look(Map.of("eu-1", 3L), Map.of(), 10);

        assertThat(own.perSecond()).contains(0.0);
    }

    @Test
    void nothingIsKnownWhereNobodyCounts() throws InterruptedException {
        look(Map.of(), Map.of(), 0);
        look(Map.of(), Map.of(), 10);

        assertThat(own.perSecond()).isEmpty();
    }

    @Test
    void whatWasKnownStaysWhileTheSourceIsSilent() throws InterruptedException {
        look(Map.of("eu-1", 0L), Map.of(), 0);
        look(Map.of("eu-1", 100L), Map.of(), 0);
        silent = true;
        own.look();

        assertThat(own.perSecond()).contains(10.0);
    }

    /** Reads these counts, ten seconds after those before. */
    private void look(Map<String, Long> eu, Map<String, Long> us, int sent) throws InterruptedException {
        time.pass(LATER);
        counts.put(EU, eu);
        counts.put(US, us);
        probed = sent;
        own.look();
    }

    private MetricSource source() {
        return region -> {
            if (silent) {
                throw Failure.noAnswer(Diagnostic.of("metrics", "no answer", "Wait."));
            }
            return counts.getOrDefault(region, Map.of()).entrySet().stream()
                    .map(entry ->
                            new OriginMetrics(new ServerName(entry.getKey()), entry.getValue(), 0, new TreeMap<>()))
                    .toList();
        };
    }
}
