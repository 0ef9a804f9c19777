package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls over connections that are kept alive, or over new ones. A connection that the server closed while it was
 * idle is replaced before use; once a request is on its way nothing is repeated.
 */
final class Connections implements AutoCloseable {
    private final Target target;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    Connections(Target target) {
        this.target = requireNonNull(target, "target is null");
    }

    /** Makes the call, or fails at the deadline, a value of System.nanoTime(). */
    Answer make(Call call, long deadlineNanos) throws IOException {
        Connection kept = call.ownConnection() ? null : takeIdle();
        Connection connection = kept == null ? Connection.open(target, deadlineNanos) : kept;
        boolean keep = false;
        try {
            Answer answer = connection.exchange(call.bytes(target), deadlineNanos);
            keep = !call.ownConnection() && !answer.lastOnConnection();
            return answer;
        } catch (EOFException | SocketException e) {
            String used = kept == null ? " (new connection)" : " (kept-alive connection)";
            throw new IOException(e.getMessage() + used, e);
        } finally {
            if (keep) {
                idle.addFirst(connection);
            } else {
                connection.close();
            }
        }
    }

    private @Nullable Connection takeIdle() {
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.isStillOpen()) {
                return next;
            }
            next.close();
        }
        return null;
    }

    @Override
    public void close() {
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.close();
        }
    }
}
