package org.meridian.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache in a Memcached server, over its text protocol (protocol.txt in Memcached's source). Written here because
 * the client libraries are either no longer kept up or bring several times this app's size with them.
 */
final class Memcached implements Cache, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Memcached.class);
    private static final int MOST_CONNECTIONS = 32;
    private static final int IDLE_CONNECTIONS = 8;

    private final Settings.CacheAddress address;
    private final Circuit circuit;
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final ConcurrentLinkedDeque<MemcachedConnection> idle = new ConcurrentLinkedDeque<>();

    Memcached(Settings.CacheAddress address) {
        this(address, new Circuit(Duration.ofSeconds(1), InstantSource.system()));
    }

    Memcached(Settings.CacheAddress address, Circuit circuit) {
        this.address = requireNonNull(address, "address is null");
        this.circuit = requireNonNull(circuit, "circuit is null");
    }

    @Override
    public Optional<byte[]> get(String key) {
        return ask(connection -> connection.get(key)).flatMap(value -> value);
    }

    @Override
    public void put(String key, byte[] value, Duration life) {
        String seconds = Long.toString(Math.max(1, life.toSeconds()));
        ask(connection -> connection.set(key, seconds, value));
    }

    @Override
    public void remove(String key) {
        ask(connection -> connection.command("delete " + key));
    }

    @Override
    public boolean answers() {
        return ask(connection -> connection.command("version"))
                .filter(answer -> answer.startsWith("VERSION"))
                .isPresent();
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(MemcachedConnection connection) throws IOException;
    }

    /** The answer, or nothing when the server fails; then it is left alone for a while, so that pages stay quick. */
    private <T> Optional<T> ask(Question<T> question) {
        if (circuit.isOpen() || !room.tryAcquire()) {
            return Optional.empty();
        }
        MemcachedConnection connection = null;
        try {
            connection = borrow();
            T answer = question.ask(connection);
            giveBack(connection);
            circuit.close();
            return Optional.of(answer);
        } catch (IOException e) {
            LOG.warn("the cache at {}:{} failed: {}", address.host(), address.port(), e.getMessage());
            circuit.open();
            closeAll(connection);
            return Optional.empty();
        } finally {
            room.release();
        }
    }

    private MemcachedConnection borrow() throws IOException {
        MemcachedConnection connection = idle.pollFirst();
        return connection == null ? MemcachedConnection.open(address) : connection;
    }

    private void giveBack(MemcachedConnection connection) {
        if (idle.size() < IDLE_CONNECTIONS) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }

    /** The others are most likely as dead as the one that failed: the server was restarted. */
    private void closeAll(@Nullable MemcachedConnection failed) {
        if (failed != null) {
            failed.close();
        }
        close();
    }

    @Override
    public void close() {
        for (MemcachedConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.close();
        }
    }
}
