package org.meridian.drivers.state;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.AppName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.drivers.postgres.PostgresDatabase;
import org.meridian.drivers.postgres.PostgresServer;
import org.meridian.drivers.s3.S3Location;
import org.meridian.drivers.s3.S3State;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;

/** A process that takes the lock as often as it can, or takes it once and keeps it until it is killed. */
public final class LockRacer {
    private static final Holder RACER = new Holder("racer", "race", Instant.EPOCH);

    private LockRacer() {}

    /**
     * Arguments: a directory for the mark; how often to win, 0 to win once and keep the lock; the store's kind and where it
     * is.
     */
    public static void main(String[] arguments) throws IOException {
        Path mark = Path.of(arguments[0]).resolve("mark");
        int wins = Integer.parseInt(arguments[1]);
        try (StateStore store = store(arguments[2], arguments[3])) {
            if (wins == 0) {
                keep(store);
            }
            race(store, mark, wins);
        }
    }

    private static StateStore store(String kind, String where) {
        AppName app = new AppName("journal");
        return switch (kind) {
            case "sqlite" -> new SqlState(new SqliteDatabase(LocalDirectory.at(Path.of(where))), app);
            case "postgres" ->
                new SqlState(
                        new PostgresDatabase(new PostgresServer(
                                "127.0.0.1",
                                Integer.parseInt(where),
                                "postgres",
                                "postgres",
                                Optional::empty,
                                Map.of())),
                        app);
            case "s3" ->
                new S3State(new S3Location("state", "team", Optional.of(URI.create(where)), Optional.empty()), app);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static void race(StateStore store, Path mark, int wins) throws IOException {
        int left = wins;
        while (left > 0) {
            try (Lock lock = store.lock(RACER)) {
                left--;
                System.out.println(alone(mark) ? lock.token() : "VIOLATION");
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.LOCKED) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Whether nobody else is between making the mark and taking it away. */
    private static boolean alone(Path mark) throws IOException {
        try {
            Files.createFile(mark);
            Files.delete(mark);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void keep(StateStore store) throws IOException {
        Lock lock = store.lock(RACER);
        System.out.println(lock.token());
        // Until the test kills this process.
        int unused = System.in.read();
    }
}
