package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where a bucket is.
 *
 * @param bucket   its name; it has to be there
 * @param prefix   what every key starts with, without slashes around it; may be empty
 * @param endpoint the service's address; empty for AWS's own
 * @param region   the bucket's region; when empty, what AWS's own tools would take, or us-east-1 where there is an endpoint
 */
public record S3Location(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region) {
    /** Checks that no part is null. */
    public S3Location {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(region, "region is null");
    }

    /** The start of all keys of an app. */
    String keysOf(String app) {
        return prefix.isEmpty() ? app + "/" : prefix + "/" + app + "/";
    }

    @Override
    public String toString() {
        String path = "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        return endpoint.map(address -> path + " at " + address).orElse(path);
    }
}
