package org.meridian.drivers.filestate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.StateStore.Holder;

/**
 * The kernel's lock on a file, which it takes back when its process dies, and a note in that file on who has it.
 *
 * <p>POSIX drops a process's locks on a file as soon as the process closes any descriptor of it (fcntl(2), "advisory
 * record locking"). So this class remembers what this process holds, and never opens such a file a second time.
 */
final class FileLocks {
    /** What this process holds, by the file's absolute path; guarded by itself. */
    private static final Map<Path, Holder> HELD = new HashMap<>();

    /** A look at the holder takes the lock for microseconds; trying again tells it from somebody who works. */
    private static final int TRIES = 5;

    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(10);

    private FileLocks() {}

    /** Takes the lock; empty when somebody has it. */
    static Optional<Taken> take(Path file, Holder holder) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        for (int i = 0; i < TRIES; i++) {
            synchronized (HELD) {
                if (HELD.containsKey(key)) {
                    return Optional.empty();
                }
                Optional<Taken> taken = tryTake(key, holder);
                if (taken.isPresent()) {
                    HELD.put(key, holder);
                    return taken;
                }
            }
            LockSupport.parkNanos(BETWEEN_TRIES);
        }
        return Optional.empty();
    }

    /** Who has it now; empty when nobody does, whatever a dead process left written. */
    static Optional<Holder> holder(Path file) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        synchronized (HELD) {
            Holder ours = HELD.get(key);
            if (ours != null || !Files.exists(key)) {
                return Optional.ofNullable(ours);
            }
            try (FileChannel channel = FileChannel.open(key, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                try (@Nullable FileLock probe = channel.tryLock()) {
                    return probe == null ? Optional.of(read(key)) : Optional.empty();
                }
            }
        }
    }

    private static Optional<Taken> tryTake(Path key, Holder holder) throws IOException {
        FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
            if (taken) {
                write(channel, holder);
            }
            return taken ? Optional.of(new Taken(key, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static void write(FileChannel channel, Holder holder) throws IOException {
        StateJson.Held held = new StateJson.Held(
                holder.who(),
                holder.what(),
                holder.since().toString(),
                ProcessHandle.current().pid());
        byte[] text = StateJson.MAPPER.writeValueAsString(held).getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(text), 0);
        channel.truncate(text.length);
        channel.force(true);
    }

    private static Holder read(Path key) throws IOException {
        try {
            StateJson.Held held = StateJson.MAPPER.readValue(Files.readString(key), StateJson.Held.class);
            return new Holder(held.who(), held.what(), Instant.parse(held.since()));
        } catch (RuntimeException e) {
            // It has been taken this very moment and not been written yet.
            return new Holder("somebody", "something", Instant.now());
        }
    }

    /** A lock that this process has. */
    static final class Taken implements AutoCloseable {
        private final Path key;
        private final FileChannel channel;

        Taken(Path key, FileChannel channel) {
            this.key = requireNonNull(key, "key is null");
            this.channel = requireNonNull(channel, "channel is null");
        }

        boolean held() {
            return channel.isOpen();
        }

        /** Gives it back, and leaves no name in the file. */
        @Override
        public void close() {
            synchronized (HELD) {
                if (!channel.isOpen()) {
                    return;
                }
                try (channel) {
                    channel.truncate(0);
                } catch (IOException e) {
                    // Closed all the same; what is written counts only while the lock is held.
                } finally {
                    HELD.remove(key);
                }
            }
        }
    }
}
