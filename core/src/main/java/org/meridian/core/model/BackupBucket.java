package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A bucket of S3, or of a store that is compatible, that backups are in.
 *
 * @param bucket      its name; it has to be there
 * @param prefix      what every key starts with, without slashes around it; may be empty
 * @param endpoint    the store's address; empty for AWS's own
 * @param region      the store's region
 * @param credentials the reference to secrets of which {@value #KEY_ID} and {@value #KEY} open it
 */
public record BackupBucket(String bucket, String prefix, Optional<URI> endpoint, String region, String credentials) {
    /** The name of the secret that is the access key's id. */
    public static final String KEY_ID = "AWS_ACCESS_KEY_ID";

    /** The name of the secret that is the access key itself. */
    public static final String KEY = "AWS_SECRET_ACCESS_KEY";

    /** Checks that no part is null. */
    public BackupBucket {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(region, "region is null");
        requireNonNull(credentials, "credentials is null");
    }

    /** The bucket as people write it. */
    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
