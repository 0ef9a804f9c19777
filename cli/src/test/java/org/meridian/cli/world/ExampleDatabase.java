package org.meridian.cli.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The example app's database servers, whose names there are once on a machine: test classes run in several processes, and
 * one at a time has them.
 */
final class ExampleDatabase implements AutoCloseable {
    private static final Path EXAMPLE = LocalWorld.CHECKOUT.resolve("examples/journal");
    private static final Path LOCK = Path.of("target", "example-database.lock");

    private final FileChannel channel;
    private final FileLock lock;
    private final boolean wasUp;

    private ExampleDatabase(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
        this.wasUp = !Shell.docker("ps", "-q", "--filter", "label=meridian.example=journal")
                .isEmpty();
    }

    /** Waits until no other process has them, builds the app's images, and starts what is missing. */
    static ExampleDatabase up() throws IOException {
        Files.createDirectories(LOCK.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ExampleDatabase database = new ExampleDatabase(channel, channel.lock());
        try {
            Shell.run(EXAMPLE, "./build", "v1");
            Shell.run(EXAMPLE, "./build", "v2");
            Shell.run(EXAMPLE, "./database", "up");
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** Removes them, unless somebody had started them before. */
    @Override
    public void close() {
        try (channel;
                lock) {
            if (!wasUp) {
                Shell.run(EXAMPLE, "./database", "down");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
