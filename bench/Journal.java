import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.Act;
import org.meridian.core.model.AppName;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.StateStore.Holder;
import org.meridian.core.spi.StateStore.Lock;
import org.meridian.drivers.sqlite.SqliteDatabase;
import org.meridian.drivers.state.sql.SqlState;

/**
 * Writes acts to a journal in SQLite, each an intent and an outcome by itself, and prints what one entry takes on average, in
 * milliseconds.
 *
 * <p>Arguments: a directory that does not exist yet, and how many acts.
 */
final class Journal {
    private Journal() {}

    public static void main(String[] arguments) {
        int acts = Integer.parseInt(arguments[1]);
        AppName app = new AppName("bench");
        try (StateStore store = new SqlState(new SqliteDatabase(LocalDirectory.at(Path.of(arguments[0]))), app);
                Lock lock = store.lock(new Holder("bench@here", "bench", Instant.now()))) {
            write(store, lock, 1, acts / 10); // to warm up
            long start = System.nanoTime();
            write(store, lock, 2, acts);
            System.out.printf("%.4f%n", (System.nanoTime() - start) / 1e6 / (2.0 * acts));
        }
    }

    private static void write(StateStore store, Lock lock, int rollout, int acts) {
        Act act = new Act(
                Act.Kind.START,
                Optional.of(new RegionName("eu")),
                Optional.of(new ServerName("bench-eu-r2-1")),
                "starting the release's containers");
        for (int number = 1; number <= acts; number++) {
            for (JournalEntry.State state : List.of(JournalEntry.State.INTENDED, JournalEntry.State.DONE)) {
                store.append(lock, List.of(new JournalEntry(
                        rollout, number, lock.token(), Instant.now(), act, state, Optional.empty())));
            }
        }
    }
}
