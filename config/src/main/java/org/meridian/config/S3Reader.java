package org.meridian.config;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.StateLocation.S3;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;

/** Reads a bucket of S3, or of a store that is compatible. */
final class S3Reader {
    private static final String EXAMPLE = "Write a bucket and a prefix, such as journal-deploys/production.";
    // Amazon S3 User Guide, "General purpose bucket naming rules".
    private static final Pattern BUCKET = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    // The same guide's "safe characters" of an object's name that need no encoding anywhere.
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*(/|$))*");
    private static final int LONGEST_PREFIX = 500;
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    private S3Reader() {}

    /** From {@code { s3: bucket/prefix, endpoint: …, region: … }}. */
    static Optional<S3> read(Section state) {
        Optional<S3> bucket = state.require("s3", EXAMPLE)
                .flatMap(field -> field.text().flatMap(text -> read(field, text.replaceFirst("^s3://", ""))));
        Optional<URI> endpoint = state.find("endpoint").flatMap(WebAddress::base);
        Optional<String> region = state.find("region").flatMap(S3Reader::region);
        return bucket.map(found -> new S3(found.bucket(), found.prefix(), endpoint, region));
    }

    /** From {@code bucket/prefix}. */
    static Optional<S3> read(Field field, String path) {
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/$", "");
        if (!bucketFits(field, bucket, EXAMPLE)) {
            return Optional.empty();
        }
        if (prefix.length() > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches()) {
            field.error(
                    "wrong-name",
                    "'" + prefix + "' can't be a prefix: letters, digits, '_', '-', '.' and single slashes",
                    EXAMPLE);
            return Optional.empty();
        }
        return Optional.of(new S3(bucket, prefix, Optional.empty(), Optional.empty()));
    }

    /** A bucket's name alone. */
    static Optional<String> bucket(Field field) {
        return field.text().filter(text -> bucketFits(field, text, "Write its name alone, such as journal-logs."));
    }

    /** The name of a region. */
    static Optional<String> region(Field field) {
        return field.text().filter(text -> {
            boolean fits = REGION.matcher(text).matches();
            if (!fits) {
                field.error("wrong-name", "'" + text + "' can't be a region's name", "Write one such as eu-west-1.");
            }
            return fits;
        });
    }

    private static boolean bucketFits(Field field, String bucket, String example) {
        boolean fits = BUCKET.matcher(bucket).matches();
        if (!fits) {
            field.error(
                    "wrong-name",
                    "'" + bucket + "' can't be a bucket's name: 3 to 63 lower-case letters, digits, hyphens and dots",
                    example);
        }
        return fits;
    }
}
