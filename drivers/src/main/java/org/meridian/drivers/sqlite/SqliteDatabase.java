package org.meridian.drivers.sqlite;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.local.LocalDirectory;
import org.meridian.drivers.state.StateFailures;
import org.meridian.drivers.state.sql.SqlDatabase;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * A file {@code state.db} in a directory of this machine. Nothing is made before the first write.
 *
 * <p>It is in WAL mode (sqlite.org/wal.html): readers never wait, and what is written outlives the process. What has to
 * outlive a power cut as well, which is locks and records, is synced to the disk; the journal is not, since after a power cut
 * the world is looked at anyway.
 */
public final class SqliteDatabase implements SqlDatabase {
    private static final int BUSY_MILLISECONDS = 3000;

    /** What SQLite needs at least to begin with, for the memory that processes share. */
    private static final long ROOM = 64 * 1024;

    private static final String FILE = "state.db";

    private final LocalDirectory directory;
    private final Path file;
    private final ReentrantLock using = new ReentrantLock();
    private @Nullable Connection connection;
    private Safety safety = Safety.POWER;

    /** State in this directory, usually {@code .meridian} beside the configuration. */
    public SqliteDatabase(LocalDirectory directory) {
        this.directory = requireNonNull(directory, "directory is null");
        this.file = directory.file(FILE);
    }

    @Override
    public int version() {
        // A process that makes the tables may be at it this very moment.
        return Files.exists(file) ? call(Safety.PROCESS, SqliteSchema::version) : 0;
    }

    @Override
    public void create() {
        makeFile();
        int unused = call(Safety.POWER, SqliteSchema::bring);
    }

    @Override
    public <T> T call(Safety wanted, Work<T> work) {
        using.lock();
        try {
            return work.on(connection(wanted));
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            using.unlock();
        }
    }

    @Override
    public String now() {
        return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
    }

    /** Nothing: SQLite has one writer at a time. */
    @Override
    public String share() {
        return "";
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public void close() {
        using.lock();
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            using.unlock();
        }
    }

    private Connection connection(Safety wanted) throws SQLException {
        if (connection == null) {
            connection = open();
            safety = Safety.POWER;
        }
        if (safety != wanted) {
            try (Statement pragma = connection.createStatement()) {
                pragma.execute("PRAGMA synchronous = " + (wanted == Safety.POWER ? "FULL" : "NORMAL"));
            }
            safety = wanted;
        }
        return connection;
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection opened = source.getConnection();
        try {
            if (SqliteSchema.version(opened) > SqliteSchema.VERSION) {
                throw StateFailures.tooNew(
                        toString(),
                        Integer.toString(SqliteSchema.version(opened)),
                        Integer.toString(SqliteSchema.VERSION));
            }
            return opened;
        } catch (SQLException | RuntimeException e) {
            closeAfter(e, opened);
            throw e;
        }
    }

    private static void closeAfter(Exception first, Connection opened) {
        try {
            opened.close();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    /** For its owner alone, and SQLite gives the files beside it the same mode. */
    private void makeFile() {
        try {
            Path unused = directory.create(FILE);
        } catch (IOException e) {
            throw notWritten("See that its directory can be made and is yours.", e);
        }
    }

    /** Of a disk without room SQLite and the system may say something else, such as SQLITE_IOERR_SHMSIZE. */
    private Failure notWritten(String check, Exception e) {
        long left = directory.path().toFile().getUsableSpace();
        return directory.path().toFile().isDirectory() && left < ROOM
                ? StateFailures.diskFull(toString(), e)
                : StateFailures.refused(toString(), check, e);
    }

    private Failure failure(SQLException e) {
        // The lower byte is the primary code (sqlite.org/rescode.html).
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
        return switch (code) {
            case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_MISMATCH ->
                StateFailures.unreadable(toString(), String.valueOf(e.getMessage()), e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                StateFailures.unreachable(toString(), "Another process keeps it busy: end it, or try again.", e);
            case SQLITE_FULL -> StateFailures.diskFull(toString(), e);
            case SQLITE_IOERR -> notWritten("See whether the machine's log tells of errors of the disk.", e);
            default ->
                StateFailures.refused(
                        toString(), "See that the file and its directory are yours and can be written.", e);
        };
    }
}
