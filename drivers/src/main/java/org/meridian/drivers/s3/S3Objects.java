package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.drivers.state.StateFailures;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Texts under keys of a bucket. Every call has a time limit; a Failure says that the service does not answer. */
final class S3Objects implements AutoCloseable {
    private static final String CHECK =
            "See that the endpoint can be reached from here, that the bucket is there, and that the"
                    + " credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE) may list, read, write and delete in it.";

    private final S3Location location;
    private final String start;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable S3Client opened;

    S3Objects(S3Location location, String app) {
        this.location = requireNonNull(location, "location is null");
        this.start = location.keysOf(app);
    }

    /** The object's text; empty when there is none. */
    Optional<Found> get(String key) {
        return call(() -> {
            try {
                return Optional.of(found(client().getObjectAsBytes(
                                request -> request.bucket(location.bucket()).key(start + key))));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Writes the object, whatever was there. */
    void put(String key, String text) {
        String unused = call(() -> client().putObject(request(key).build(), RequestBody.fromString(text))
                .eTag());
    }

    /** Writes the object if there is none, and returns its tag; empty when there is one. */
    Optional<String> create(String key, String text) {
        return conditionally(request(key).ifNoneMatch("*"), text);
    }

    /** Replaces the object if it has this tag, and returns the new one; empty when it has not. */
    Optional<String> replace(String key, String tag, String text) {
        return conditionally(request(key).ifMatch(tag), text);
    }

    /** The keys that start like this, in their order. */
    List<String> list(String prefix) {
        return list(prefix, Integer.MAX_VALUE);
    }

    /** The first of those keys, at most so many. */
    List<String> list(String prefix, int most) {
        return call(
                () -> client()
                        .listObjectsV2Paginator(
                                request -> request.bucket(location.bucket()).prefix(start + prefix))
                        .contents()
                        .stream()
                        .limit(most)
                        .map(S3Object::key)
                        .map(key -> key.substring(start.length()))
                        .toList());
    }

    void delete(String key) {
        boolean unused = call(() -> client().deleteObject(
                        request -> request.bucket(location.bucket()).key(start + key))
                .sdkHttpResponse()
                .isSuccessful());
    }

    /** What people know the place by. */
    @Override
    public String toString() {
        return location.toString();
    }

    @Override
    public void close() {
        opening.lock();
        try {
            if (opened != null) {
                opened.close();
                opened = null;
            }
        } finally {
            opening.unlock();
        }
    }

    /** Made when it is first needed: looking for credentials may itself ask the network. */
    private S3Client client() {
        opening.lock();
        try {
            if (opened == null) {
                opened = S3Clients.open(location);
            }
            return opened;
        } finally {
            opening.unlock();
        }
    }

    private PutObjectRequest.Builder request(String key) {
        return PutObjectRequest.builder()
                .bucket(location.bucket())
                .key(start + key)
                .contentType("application/json");
    }

    private Optional<String> conditionally(PutObjectRequest.Builder request, String text) {
        return call(() -> {
            try {
                return Optional.of(client().putObject(request.build(), RequestBody.fromString(text))
                        .eTag());
            } catch (S3Exception e) {
                // 412: the condition does not hold; 409: somebody else was writing; 404: If-Match, and there is none.
                if (e.statusCode() == 412 || e.statusCode() == 409 || isMissingKey(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isMissingKey(S3Exception e) {
        return e instanceof NoSuchKeyException
                || (e.awsErrorDetails() != null
                        && "NoSuchKey".equals(e.awsErrorDetails().errorCode()));
    }

    private Found found(ResponseBytes<GetObjectResponse> bytes) {
        GetObjectResponse response = bytes.response();
        Instant now = response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(S3Objects::time)
                .orElseThrow(
                        () -> unsupported("it does not tell the time (no Date in its answers, or another form of it)"));
        return new Found(bytes.asUtf8String(), response.eTag(), Duration.between(response.lastModified(), now));
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    Failure unsupported(String what) {
        return StateFailures.unsupported(toString(), what);
    }

    /** The client tries again by itself, but not where a connection that was kept turns out to be closed. */
    private <T> T call(Supplier<T> work) {
        try {
            try {
                return work.get();
            } catch (UncheckedIOException e) {
                return work.get();
            }
        } catch (SdkException | UncheckedIOException e) {
            throw isMomentary(e)
                    ? StateFailures.unreachable(toString(), CHECK, e)
                    : StateFailures.refused(toString(), CHECK, e);
        }
    }

    /** Whether nobody said no: a service that is busy or broken, a time limit, a connection that was refused or lost. */
    private static boolean isMomentary(Throwable e) {
        if (e instanceof SdkServiceException answer) {
            return answer.statusCode() >= 500 || answer.isThrottlingException();
        }
        return e instanceof ApiCallTimeoutException
                || e instanceof ApiCallAttemptTimeoutException
                || Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(IOException.class::isInstance);
    }

    /**
     * An object as it was read.
     *
     * @param text what is in it
     * @param tag  its ETag, which changes with its text
     * @param age  how long ago it was written, by the service's clock, to the second
     */
    record Found(String text, String tag, Duration age) {}
}
