package org.meridian.drivers.filestate;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;

/** A process that takes the lock as often as it can, or takes it once and keeps it until it is killed. */
final class LockRacer {
    private static final Holder RACER = new Holder("racer", "race", Instant.EPOCH);

    private LockRacer() {}

    /** Arguments: the state directory, and how often to win; 0 to win once and keep the lock. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int wins = Integer.parseInt(arguments[1]);
        if (wins == 0) {
            keep(directory);
        }
        while (wins > 0) {
            try (Lock lock = new FileState(directory).lock(RACER)) {
                wins--;
                System.out.println(alone(directory) ? lock.token() : "VIOLATION");
            } catch (Failure e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Whether nobody else is between making the mark and taking it away. */
    private static boolean alone(Path directory) throws IOException {
        Path mark = directory.resolve("mark");
        try {
            Files.createFile(mark);
            Files.delete(mark);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void keep(Path directory) throws IOException {
        Lock lock = new FileState(directory).lock(RACER);
        System.out.println(lock.token());
        // Until the test kills this process.
        System.in.read();
    }
}
