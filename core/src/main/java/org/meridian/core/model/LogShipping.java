package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a shipper on each server sends what the app's containers write.
 *
 * @param sink    what takes it
 * @param secrets the names of the region's secrets that the shipper needs, and gets as variables; no values
 * @param image   the shipper's image, which is Vector's or made from it
 */
public record LogShipping(Sink sink, List<String> secrets, ImageReference image) {
    /** A release of Vector that the written configurations are for; in Docker's own default registry. */
    public static final ImageReference USUAL_IMAGE = ImageReference.parse("timberio/vector:0.49.0-alpine");

    /** Copies the names. */
    public LogShipping {
        requireNonNull(sink, "sink is null");
        secrets = List.copyOf(secrets);
        requireNonNull(image, "image is null");
    }

    /** What takes log lines. */
    public sealed interface Sink {}

    /**
     * Better Stack, once Logtail.
     *
     * @param endpoint the source's own address
     * @param token    the name of the secret that the source's token is in
     */
    public record BetterStack(URI endpoint, String token) implements Sink {
        /** Checks that no part is null. */
        public BetterStack {
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(token, "token is null");
        }
    }

    /**
     * Grafana Loki.
     *
     * @param endpoint its base address
     * @param token    the name of the secret that the bearer token is in; empty for none
     */
    public record Loki(URI endpoint, Optional<String> token) implements Sink {
        /** Checks that no part is null. */
        public Loki {
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(token, "token is null");
        }
    }

    /**
     * Anything that takes a JSON object a line by POST.
     *
     * @param endpoint its address
     * @param token    the name of the secret that the bearer token is in; empty for none
     */
    public record Http(URI endpoint, Optional<String> token) implements Sink {
        /** Checks that no part is null. */
        public Http {
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(token, "token is null");
        }
    }

    /**
     * A bucket of S3 or of something like it.
     *
     * @param bucket   its name
     * @param region   where it is
     * @param endpoint the service's address; empty for AWS
     * @param key      what to sign with; empty for what the server may do anyway
     */
    public record S3(String bucket, String region, Optional<URI> endpoint, Optional<AccessKey> key) implements Sink {
        /** Checks that no part is null. */
        public S3 {
            requireNonNull(bucket, "bucket is null");
            requireNonNull(region, "region is null");
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(key, "key is null");
        }
    }

    /**
     * An access key of S3.
     *
     * @param id     the name of the secret that its id is in
     * @param secret the name of the secret that its secret part is in
     */
    public record AccessKey(String id, String secret) {
        /** Checks that no part is null. */
        public AccessKey {
            requireNonNull(id, "id is null");
            requireNonNull(secret, "secret is null");
        }
    }

    /**
     * What the team's own configuration of Vector says.
     *
     * @param configuration its text, as TOML
     */
    public record Own(String configuration) implements Sink {
        /** Checks that it is not null. */
        public Own {
            requireNonNull(configuration, "configuration is null");
        }
    }
}
