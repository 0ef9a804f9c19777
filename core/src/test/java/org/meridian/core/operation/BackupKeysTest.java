package org.meridian.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Secret;
import org.meridian.core.rollout.Patience;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.OpenBackup.BucketKey;

/** What opens the bucket of backups. */
final class BackupKeysTest {
    private static final Backup IN_A_BUCKET = new Backup(
            Optional.of("dump"),
            Optional.empty(),
            7,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new BackupBucket("copies", "notes", Optional.empty(), "eu-west-1", "vault:notes/backups")));

    @Test
    void it_is_asked_for_where_there_is_a_bucket_and_nowhere_else() throws InterruptedException {
        FakeStore vault = new FakeStore("vault", false)
                .has("notes/backups", Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key"));

        assertThat(keys(vault).open(Backup.NONE).key()).isEmpty();
        assertThat(vault.asked).isEmpty();
        assertThat(keys(vault).open(IN_A_BUCKET).key()).contains(new BucketKey(Secret.of("id"), Secret.of("key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void one_that_is_not_whole_is_refused_and_not_shown(String key) {
        FakeStore vault = new FakeStore("vault", false)
                .has("notes/backups", Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", key));

        assertThatThrownBy(() -> keys(vault).open(IN_A_BUCKET))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessage("vault:notes/backups has no usable AWS_SECRET_ACCESS_KEY, which opens s3://copies/notes");
    }

    private static BackupKeys keys(FakeStore vault) {
        return new BackupKeys(
                new SecretSources(List.of(vault), new VirtualThreads(), Patience.beforeActing(new SystemTime())), "DE");
    }
}
