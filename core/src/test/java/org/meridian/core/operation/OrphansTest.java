package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meridian.core.model.App;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.HealthCheck;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;
import org.meridian.core.model.ProbeSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.model.RolloutRecord.Outcome;
import org.meridian.core.model.RolloutSettings;
import org.meridian.core.model.Serve;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.TrafficSettings;
import org.meridian.core.model.Weight;
import org.meridian.core.plan.Observation;

final class OrphansTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName GONE = new RegionName("gone");
    private static final App APP = app();

    private final List<Server> servers = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<RolloutRecord> rollouts = new ArrayList<>();

    @Test
    void what_serves_and_what_it_replaced_are_none() {
        server(EU, 2, true);
        server(EU, 1, false);
        rollout(1, Optional.empty(), 1, Outcome.DONE);
        rollout(2, Optional.of(1), 2, Outcome.DONE);
        assertThat(found()).isEmpty();
    }

    @Test
    void what_neither_serves_nor_was_replaced_last_is_one() {
        server(EU, 3, true);
        server(EU, 2, false);
        server(EU, 1, false);
        rollout(1, Optional.empty(), 1, Outcome.DONE);
        rollout(2, Optional.of(1), 2, Outcome.DONE);
        rollout(3, Optional.of(2), 3, Outcome.DONE);
        assertThat(found()).containsExactly("journal-eu-r1-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"RUNNING", "PAUSED", "FAILED"})
    void what_a_rollout_that_has_not_ended_made_is_none(Outcome outcome) {
        server(EU, 1, true);
        server(EU, 2, false);
        rollout(1, Optional.empty(), 1, Outcome.DONE);
        rollout(2, Optional.of(1), 2, outcome);
        assertThat(found()).isEmpty();
    }

    @Test
    void what_a_rollout_that_was_put_back_left_is_one() {
        server(EU, 1, true);
        server(EU, 2, false);
        rollout(1, Optional.empty(), 1, Outcome.DONE);
        rollout(2, Optional.of(1), 2, Outcome.ROLLED_BACK);
        assertThat(found()).containsExactly("journal-eu-r2-1");
    }

    @Test
    void whatever_is_in_a_region_that_left_the_configuration_is_one() {
        server(EU, 1, true);
        server(GONE, 1, false);
        rollout(1, Optional.empty(), 1, Outcome.DONE);
        assertThat(found()).containsExactly("journal-gone-r1-1");
    }

    @Test
    void without_a_history_only_what_serves_is_accounted_for() {
        server(EU, 2, true);
        server(EU, 1, false);
        assertThat(found()).containsExactly("journal-eu-r1-1");
    }

    private List<String> found() {
        var observed = new Observation(servers, List.of(new Pool(EU, origins)));
        return Orphans.find(APP, new History(List.of(), rollouts), observed).stream()
                .map(Orphans.Orphan::toString)
                .toList();
    }

    private void server(RegionName region, int release, boolean serves) {
        ReleaseId id = new ReleaseId(release);
        ServerName name = ServerName.of(APP.name(), region, id, 1);
        servers.add(
                new Server(name, region, id, "0123456789ab", Optional.empty(), Optional.empty(), Server.State.RUNNING));
        Weight weight = serves ? Weight.FULL : Weight.NONE;
        origins.add(new Origin(name, "10.0.0.1:80", weight, !serves, Origin.Health.HEALTHY, 0));
    }

    private void rollout(int number, Optional<Integer> from, int to, Outcome outcome) {
        rollouts.add(new RolloutRecord(
                number,
                Kind.DEPLOY,
                from.map(ReleaseId::new),
                new ReleaseId(to),
                List.of(EU),
                outcome,
                Instant.EPOCH,
                Optional.empty()));
    }

    private static App app() {
        ImageReference image = ImageReference.parse("journal");
        Duration second = Duration.ofSeconds(1);
        return new App(
                new AppName("journal"),
                new ComposeFile("services: {}", Map.of()),
                image,
                EU,
                List.of(new Region(EU, "local", "DE", 1, Optional.empty(), List.of(), Map.of(), List.of())),
                Map.of(),
                new Serve("web", 80, 80, new HealthCheck("/up", second, second, 2, second)),
                Optional.empty(),
                new RolloutSettings(List.of(List.of(EU)), second, second, second),
                TrafficSettings.here(8080, Optional.empty()),
                new ProbeSettings("/", 2, second));
    }
}
