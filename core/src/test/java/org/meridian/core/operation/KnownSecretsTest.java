package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.rollout.Patience;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.Time;

final class KnownSecretsTest {
    private final FakeStore files =
            new FakeStore("file", false).has("eu", Map.of("TOKEN", "hunter2")).has("us", Map.of("OTHER", "swordfish"));
    private final List<String> notes = new ArrayList<>();
    private final MovedTime time = new MovedTime();
    private final App app = SecretsTest.app(List.of("file:eu"), List.of("file:us"));

    @Test
    void values_of_all_regions_are_masked_and_asked_for_once_until_they_are_old() throws InterruptedException {
        KnownSecrets known = known();

        assertThat(known.redaction().mask("hunter2 swordfish")).isEqualTo("*** ***");
        assertThat(known.redaction().mask("hunter2")).isEqualTo("***");
        assertThat(files.asked).hasSize(2);

        files.has("eu", Map.of("TOKEN", "changed-since"));
        time.passed = Duration.ofMinutes(11);
        assertThat(known.redaction().mask("changed-since")).isEqualTo("***");
        assertThat(notes).isEmpty();
    }

    @Test
    void a_store_that_does_not_answer_keeps_nobody_from_the_logs_and_is_said_in_one_line() throws InterruptedException {
        files.fails("us", Failure.Kind.FAILED);
        KnownSecrets known = known();

        assertThat(known.redaction().mask("hunter2 swordfish")).isEqualTo("*** swordfish");
        assertThat(known.redaction().mask("hunter2")).isEqualTo("***");
        assertThat(notes).containsExactly("Not all secrets can be masked in what is shown: file:us can't be had");
    }

    @Test
    void an_app_without_secrets_asks_nobody() throws InterruptedException {
        KnownSecrets none =
                new KnownSecrets(SecretsTest.app(List.of(), List.of()), sources(), List::of, time, notes::add);

        assertThat(none.redaction().mask("hunter2")).isEqualTo("hunter2");
        assertThat(files.asked).isEmpty();
    }

    private KnownSecrets known() {
        return new KnownSecrets(app, sources(), List::of, time, notes::add);
    }

    private SecretSources sources() {
        return new SecretSources(List.of(files), new VirtualThreads(), Patience.beforeActing(new SystemTime()));
    }

    private static final class MovedTime implements Time {
        private Duration passed = Duration.ZERO;

        @Override
        public Instant now() {
            return Instant.EPOCH.plus(passed);
        }

        @Override
        public long nanos() {
            return passed.toNanos();
        }

        @Override
        public void sleep(Duration duration) {
            passed = passed.plus(duration);
        }
    }
}
