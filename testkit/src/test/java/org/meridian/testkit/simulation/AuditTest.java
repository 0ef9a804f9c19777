package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AuditEntry;
import org.meridian.core.operation.Destroy;
import org.meridian.core.operation.Locks;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.Accessories;

/** Whatever changes the app is in its audit log, by whoever did it. */
class AuditTest {
    @Test
    void rolloutsAreWrittenDownWithWhatTheyAreFor() throws Exception {
        Story story = Story.withFirstRelease(1);
        story.deploy(2);
        story.rollBack();
        story.scale(Map.of(0, 3));

        assertThat(log(story).reversed().stream()
                        .map(entry -> entry.action() + " " + entry.what())
                        .toList())
                .containsExactly(
                        "deploy to r1, rollout 1",
                        "deploy r1 to r2, rollout 2",
                        "rollback r2 to r1, rollout 3",
                        "scale r1 to r1, rollout 4");
        assertThat(log(story)).allSatisfy(entry -> assertThat(entry.where()).contains("eu"));
        assertThat(log(story)).extracting(AuditEntry::who).doesNotContain("");
    }

    @Test
    void whoTookTheLockAndWhoTookItAwayIsAsked() throws Exception {
        Story story = new Story(2);
        Workspace one = story.world.workspace();
        Workspace other = story.world.workspace();
        new Locks(one).acquire("maintenance");
        assertThatThrownBy(() -> new Locks(other).acquire("me too")).isInstanceOf(Failure.class);
        story.world.pass(Duration.ofSeconds(1));
        new Locks(other).release();

        assertThat(log(story)).hasSize(2);
        assertThat(log(story).getFirst().action()).isEqualTo("unlock");
        assertThat(log(story).getFirst().who()).isEqualTo(other.who());
        assertThat(log(story).getFirst().what()).contains(one.who(), "maintenance");
        assertThat(log(story).getLast().action()).isEqualTo("lock");
    }

    @Test
    void aDestroyedAppStillTellsWhoDidIt() throws Exception {
        Story story = Story.withFirstRelease(3);
        Workspace workspace = story.world.workspace();

        List<String> unused = new Destroy(workspace).run(Accessories.NONE, Set.of());

        assertThat(log(story).getFirst().action()).isEqualTo("destroy");
        assertThat(log(story).getFirst().who()).isEqualTo(workspace.who());
    }

    /** Newest first. */
    private static List<AuditEntry> log(Story story) {
        return story.world.workspace().state().audit(100);
    }
}
