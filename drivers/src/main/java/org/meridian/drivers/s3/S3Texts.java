package org.meridian.drivers.s3;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads and deletes many objects at the same time. */
final class S3Texts {
    private static final int AT_A_TIME = 16;

    private final S3Objects objects;

    S3Texts(S3Objects objects) {
        this.objects = requireNonNull(objects, "objects is null");
    }

    /** The texts under these keys, in their order; empty for a key without an object. */
    List<Optional<String>> all(List<String> keys) {
        return together(keys.stream()
                .<Callable<Optional<String>>>map(key -> () -> objects.get(key).map(S3Objects.Found::text))
                .toList());
    }

    void delete(List<String> keys) {
        List<Boolean> unused = together(keys.stream()
                .<Callable<Boolean>>map(key -> () -> {
                    objects.delete(key);
                    return true;
                })
                .toList());
    }

    private static <T> List<T> together(List<Callable<T>> tasks) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            return threads.invokeAll(tasks).stream().map(S3Texts::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for S3", e);
        }
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for S3", e);
        }
    }
}
