package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.CloudflareSettings;
import tools.jackson.databind.JsonNode;

/** Monitors, pools and load balancers: looked at, made, changed and removed over the API. */
final class Inventory {
    private static final int TRIES = 3;

    private final CloudflareApi api;
    private final CloudflareSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Whereabouts where;

    Inventory(CloudflareApi api, CloudflareSettings settings) {
        this.api = requireNonNull(api, "api is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** All of a kind, whoever made them. */
    Listing all(Kind kind) throws InterruptedException {
        return api.list(ApiRequest.get(path(kind), "list the " + kind.word() + "s", kind.permission()));
    }

    /** Those of a kind that are meant. */
    List<JsonNode> all(Kind kind, Predicate<JsonNode> meant) throws InterruptedException {
        return all(kind).items().stream().filter(meant).toList();
    }

    /** One by its id; empty where it is gone. */
    Optional<Reply> find(Kind kind, String id) throws InterruptedException {
        return api.callIfThere(
                ApiRequest.get(path(kind) + "/" + id, "read the " + kind.word() + " " + id, kind.permission()));
    }

    /** What the checks of a pool found; none where the pool is gone. */
    PoolHealth health(String pool) throws InterruptedException {
        return api.callIfThere(ApiRequest.get(
                        path(Kind.POOL) + "/" + pool + "/health",
                        "read the health of the pool " + pool,
                        Kind.POOL.permission()))
                .map(reply -> PoolHealth.of(reply.result()))
                .orElseGet(PoolHealth::none);
    }

    /**
     * Makes one. Where nobody knows whether Cloudflare did it, it is looked for, and made again only if it is not there.
     *
     * @param name  what it is called, for people
     * @param meant recognises it
     */
    JsonNode make(Kind kind, String name, JsonNode body, Predicate<JsonNode> meant) throws InterruptedException {
        ApiRequest request = ApiRequest.post(path(kind), body, "make the " + name, kind.permission());
        for (int left = TRIES - 1; ; left--) {
            try {
                return api.call(request).result();
            } catch (Failure e) {
                if (!ApiFailures.unclear(e)) {
                    throw e;
                }
                List<JsonNode> made = all(kind, meant);
                if (!made.isEmpty()) {
                    return made.getFirst();
                }
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Sets some fields of one. */
    void change(Kind kind, String id, String name, JsonNode fields) throws InterruptedException {
        api.call(ApiRequest.patch(path(kind) + "/" + id, fields, "change the " + name, kind.permission()));
    }

    /** Removes one, if it is there. */
    void remove(Kind kind, String id) throws InterruptedException {
        api.callIfThere(
                ApiRequest.delete(path(kind) + "/" + id, "remove the " + kind.word() + " " + id, kind.permission()));
    }

    private String path(Kind kind) throws InterruptedException {
        return kind.path(where());
    }

    private Whereabouts where() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Whereabouts known = where;
            if (known == null) {
                known = Whereabouts.find(api, settings);
                known.remark().map(Diagnostic::summary).ifPresent(api::note);
                where = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
