package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meridian.testkit.simulation.Story.R1;
import static org.meridian.testkit.simulation.Story.R3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;

/** Which secrets new servers of a former release get. */
class RollbackSecretsTest {
    @Test
    void serversMadeAnewForAFormerReleaseGetTheSecretsThatItHad() throws Exception {
        Story story = whoseSecretsChangedSinceR1(1);

        assertThat(story.rollBackTo(R1).outcome()).isEqualTo(Outcome.ROLLED_BACK);

        story.requireServing(R1, Optional.of(R3));
        assertThat(secretsOf(story, R1)).containsOnly(Map.of(SimulatedSecrets.NAME, SimulatedSecrets.value(1)));
        assertThat(secretsOf(story, R3)).containsOnly(Map.of(SimulatedSecrets.NAME, SimulatedSecrets.value(2)));
        assertThat(notes(story)).noneMatch(note -> note.contains("today's"));
    }

    @Test
    void aStoreThatHasThemNoMoreSaysSoBeforeAnybodyIsAskedAndNothingHappens() throws Exception {
        Story story = whoseSecretsChangedSinceR1(2);
        story.world.secrets.forget();

        requireRefused(story, "r1 had version 1 of simulated:database in eu, us, ap, and the store has it no more");
    }

    @Test
    void aSourceWithoutVersionsSaysSoBeforeAnybodyIsAskedAndNothingHappens() throws Exception {
        Story story = whoseSecretsChangedSinceR1(3);
        story.world.secrets.likeAFile();

        requireRefused(
                story,
                "r1 had version 1 of simulated:database in eu, us, ap, and it was changed since; such a source keeps"
                        + " no former content");
    }

    @Test
    void aSourceWithoutVersionsThatNobodyChangedHasTheSameStill() throws Exception {
        Story story = Story.withFirstRelease(4);
        story.world.secrets.likeAFile();
        story.deploy(2);
        story.deploy(3);

        assertThat(story.rollBackTo(R1).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(secretsOf(story, R1)).containsOnly(Map.of(SimulatedSecrets.NAME, SimulatedSecrets.value(1)));
    }

    @Test
    void todaysAreGivenToWhomSaysSoAndIsTold() throws Exception {
        for (boolean file : List.of(true, false)) {
            Story story = whoseSecretsChangedSinceR1(5);
            story.world.secrets.forget();
            if (file) {
                story.world.secrets.likeAFile();
            }

            var receipt =
                    new RollBack(story.world.workspace()).run(new RollBackRequest(Optional.of(R1), true), plan -> true);

            assertThat(receipt.outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(secretsOf(story, R1)).containsOnly(Map.of(SimulatedSecrets.NAME, SimulatedSecrets.value(2)));
            assertThat(notes(story)).anyMatch(note -> note.startsWith("Secrets have changed since r1"));
        }
    }

    @Test
    void sayingSoWithoutNeedGivesTheFormerOnesNonetheless() throws Exception {
        Story story = whoseSecretsChangedSinceR1(6);

        new RollBack(story.world.workspace()).run(new RollBackRequest(Optional.of(R1), true), plan -> true);

        assertThat(secretsOf(story, R1)).containsOnly(Map.of(SimulatedSecrets.NAME, SimulatedSecrets.value(1)));
        assertThat(notes(story)).noneMatch(note -> note.contains("today's"));
    }

    @Test
    void warmServersNeedNoStore() throws Exception {
        Story story = Story.withFirstRelease(7);
        story.world.secrets.change();
        story.deploy(2);
        story.world.secrets.forget();

        assertThat(story.rollBack().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    /** Three releases, the first with other secrets; its servers are gone. */
    private static Story whoseSecretsChangedSinceR1(long seed) throws InterruptedException {
        Story story = Story.withFirstRelease(seed);
        story.world.secrets.change();
        story.deploy(2);
        story.deploy(3);
        assertThat(secretsOf(story, R1)).isEmpty();
        return story;
    }

    private static void requireRefused(Story story, String why) {
        Set<ServerName> servers = story.world.serverNames();
        int effects = story.world.effects();
        var asked = new AtomicInteger();

        Failure failure = catchThrowableOfType(Failure.class, () -> new RollBack(story.world.workspace())
                .run(RollBackRequest.to(Optional.of(R1)), plan -> asked.incrementAndGet() > 0));

        assertThat(failure.diagnostics()).hasSize(1);
        assertThat(failure).hasMessage(why);
        assertThat(failure.diagnostic().suggestion()).contains("--current-secrets");
        assertThat(RollBackRequest.lacksFormerSecrets(failure)).isTrue();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(asked).hasValue(0);
        assertThat(story.world.serverNames()).isEqualTo(servers);
        assertThat(story.world.effects()).isEqualTo(effects);
    }

    private static List<Map<String, Secret>> secretsOf(Story story, ReleaseId release) {
        return story.world.servers.values().stream()
                .filter(server -> server.spec.release().equals(release))
                .map(server -> server.secrets)
                .toList();
    }

    private static List<String> notes(Story story) {
        return story.world.events().stream()
                .filter(RolloutEvent.Note.class::isInstance)
                .map(event -> ((RolloutEvent.Note) event).text())
                .toList();
    }
}
