package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Says whether this process can serve requests. Without the primary, or with a schema older than it needs, it
 * cannot, so it says 503. Without the replica or the cache it only gets slower: degraded, and 200. It answers within two seconds, whatever hangs.
 */
final class Health {
    private static final int PATIENCE_MILLIS = 1500; // who asks usually waits for two seconds
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final Identity identity;
    private final BooleanSupplier primary;
    private final BooleanSupplier schema;
    private final BooleanSupplier replica;
    private final BooleanSupplier cache;
    private volatile boolean stopping;

    Health(Identity identity, Database database, Migrations schema, Cache cache) {
        this(
                identity,
                database::primaryAnswers,
                schema::applied,
                database.hasReplica() ? database::replicaAnswers : () -> true,
                cache::answers);
    }

    Health(
            Identity identity,
            BooleanSupplier primary,
            BooleanSupplier schema,
            BooleanSupplier replica,
            BooleanSupplier cache) {
        this.identity = requireNonNull(identity, "identity is null");
        this.primary = requireNonNull(primary, "primary is null");
        this.schema = requireNonNull(schema, "schema is null");
        this.replica = requireNonNull(replica, "replica is null");
        this.cache = requireNonNull(cache, "cache is null");
    }

    /** From now on the process is not healthy: it was asked to end. */
    void stopping() {
        stopping = true;
    }

    /** Looks at everything at once and answers for {@code GET /up}. */
    Response check() {
        CompletableFuture<Boolean> primaryUp = ask(primary);
        CompletableFuture<Boolean> schemaUp = ask(schema);
        CompletableFuture<Boolean> replicaUp = ask(replica);
        CompletableFuture<Boolean> cacheUp = ask(cache);
        return report(result(primaryUp), result(schemaUp), result(replicaUp), result(cacheUp));
    }

    private static CompletableFuture<Boolean> ask(BooleanSupplier dependency) {
        return CompletableFuture.supplyAsync(dependency::getAsBoolean, THREADS)
                .completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static boolean result(CompletableFuture<Boolean> answer) {
        try {
            return answer.join();
        } catch (CompletionException _) { // the pool is closed: the process is about to end
            return false;
        }
    }

    private Response report(boolean primaryUp, boolean schemaUp, boolean replicaUp, boolean cacheUp) {
        boolean serves = primaryUp && schemaUp && !stopping;
        String json = """
                {"status":"%s","primary":"%s","schema":"%s","replica":"%s","cache":"%s","region":"%s","release":"%s","version":"%s"}
                """.formatted(
                        status(serves, replicaUp && cacheUp),
                        word(primaryUp),
                        word(schemaUp),
                        word(replicaUp),
                        word(cacheUp),
                        safe(identity.region()),
                        safe(identity.release()),
                        safe(identity.version()));
        return Response.of(serves ? 200 : 503, "application/json", json.getBytes(UTF_8));
    }

    private String status(boolean serves, boolean quick) {
        if (stopping) {
            return "stopping";
        }
        return !serves ? "down" : quick ? "ok" : "degraded";
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    /** Names come from the environment; what could end a JSON string is left out of them. */
    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._:-]", "");
    }
}
