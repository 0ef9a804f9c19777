package org.meridian.core.spi;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.LogRequest;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerUsage;

/**
 * Looks into servers and their containers: what they use, what they write, and commands run by hand in them.
 *
 * <p>Nothing here changes what Meridian rolls out. Calls for different servers come at the same time. Every call throws
 * {@link org.meridian.core.diagnostic.Failure} with the server's name in it when it fails.
 */
public interface ServerAccess {
    /** What the server uses and runs now. */
    ServerUsage usage(Server server) throws InterruptedException;

    /** Begins to read what the server's containers of the app write; to be closed. */
    LogReader logs(Server server, LogRequest request) throws InterruptedException;

    /** Starts a command in a container of the app on the server; to be closed, which ends the command. */
    RemoteProcess start(Server server, Invocation invocation) throws InterruptedException;

    /** Lines of one server, those of one container in the order in which they were written. */
    interface LogReader extends AutoCloseable {
        /**
         * Waits for the next line; empty at the end, which never comes while lines are followed.
         *
         * <p>Throws a Failure when the connection is lost; a new reader with {@link LogRequest#since()} goes on.
         */
        Optional<LogLine> next() throws InterruptedException;

        @Override
        void close();
    }

    /** A command that runs on a server. */
    interface RemoteProcess extends AutoCloseable {
        /** What it reads. */
        OutputStream input();

        /** What it writes; with a terminal, what it writes as errors too. */
        InputStream output();

        /** What it writes as errors; empty with a terminal. */
        InputStream errors();

        /** Tells it that its terminal has another size now; does nothing without one. */
        void resize(Size size);

        /** Waits until it ends and tells its exit code. */
        int await() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * What is to be run.
     *
     * @param release  the release whose container or environment is meant
     * @param service  the Compose service
     * @param command  argv
     * @param fresh    whether it gets a new container of its own, removed at its end, rather than the running one
     * @param terminal the terminal that it gets; empty for none
     */
    record Invocation(ReleaseId release, String service, List<String> command, boolean fresh, Optional<Size> terminal) {
        /** Copies the command, which must not be empty. */
        public Invocation {
            requireNonNull(release, "release is null");
            requireNonNull(service, "service is null");
            command = List.copyOf(command);
            requireNonNull(terminal, "terminal is null");
            if (command.isEmpty()) {
                throw new IllegalArgumentException("the command is empty");
            }
        }
    }

    /**
     * A terminal's size.
     *
     * @param columns characters in a row; 1 or greater
     * @param rows    1 or greater
     */
    record Size(int columns, int rows) {
        /** Checks that there is a character. */
        public Size {
            if (columns < 1 || rows < 1) {
                throw new IllegalArgumentException("a terminal has no size " + columns + "x" + rows);
            }
        }
    }
}
