package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.SecretSources.Answers;
import org.meridian.core.operation.SecretSources.Ask;
import org.meridian.core.spi.OpenBackup;
import org.meridian.core.spi.OpenBackup.BucketKey;

/** Fetches what opens the buckets of backups. */
final class BackupKeys {
    private final SecretSources stores;
    private final String location;

    /** From these stores, for a machine there. */
    BackupKeys(SecretSources stores, String location) {
        this.stores = requireNonNull(stores, "stores is null");
        this.location = requireNonNull(location, "location is null");
    }

    /** The same with its key; throws a Failure when that can't be had. */
    OpenBackup open(Backup backup) throws InterruptedException {
        Optional<BackupBucket> bucket = backup.bucket();
        return new OpenBackup(backup, bucket.isEmpty() ? Optional.empty() : Optional.of(key(bucket.get())));
    }

    private BucketKey key(BackupBucket bucket) throws InterruptedException {
        Ask ask = stores.ask(bucket.credentials(), Optional.empty(), location);
        Answers answers = stores.fetch(List.of(ask));
        Secrets.throwIfAny(answers.refused().values());
        Map<String, Secret> values = answers.source(ask).orElseThrow().values();
        return new BucketKey(value(values, BackupBucket.KEY_ID, bucket), value(values, BackupBucket.KEY, bucket));
    }

    private static Secret value(Map<String, Secret> values, String name, BackupBucket bucket) {
        return Optional.ofNullable(values.get(name))
                .filter(secret -> usable(secret.reveal()))
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "no-bucket-key",
                        bucket.credentials() + " has no usable " + name + ", which opens " + bucket,
                        "Add " + BackupBucket.KEY_ID + " and " + BackupBucket.KEY
                                + " of a key for that bucket alone.")));
    }

    /** Whether it fits into one line, which all of them do. */
    private static boolean usable(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }
}
