package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Rendered pages, kept per version: the pages of another release may look different. */
final class PageCache {
    private final Cache cache;
    private final String prefix;

    PageCache(Cache cache, String version) {
        this.cache = requireNonNull(cache, "cache is null");
        // A key has neither space nor control characters, and at most 250 bytes (Memcached's protocol.txt).
        this.prefix = "journal:" + version.replaceAll("[^A-Za-z0-9._-]", "_") + ":";
    }

    /** Renders a page. */
    @FunctionalInterface
    interface Source<T> {
        T render() throws SQLException;
    }

    /** The page from the cache, or else rendered and put there. */
    byte[] page(String name, Duration life, Source<String> source) throws SQLException {
        return pageIfAny(name, life, () -> Optional.of(source.render())).orElseThrow();
    }

    /** The same for a page that may not exist. That it does not is never kept: it may be written any moment. */
    Optional<byte[]> pageIfAny(String name, Duration life, Source<Optional<String>> source) throws SQLException {
        Optional<byte[]> kept = cache.get(prefix + name);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<byte[]> page = source.render().map(text -> text.getBytes(UTF_8));
        page.ifPresent(bytes -> cache.put(prefix + name, bytes, life));
        return page;
    }

    void forget(String name) {
        cache.remove(prefix + name);
    }
}
