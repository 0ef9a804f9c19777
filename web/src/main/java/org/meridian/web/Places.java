package org.meridian.web;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Who may hold a connection, and for how long. Until a request of it was let in, it is a guest's: guests have so much time for
 * a request's whole head and for the rest, and only so many places, altogether and for each address; when these are taken, the
 * guest that came first goes. So whoever sends half requests takes no place of those who are logged in, and keeps nobody
 * from logging in.
 */
final class Places implements Connection.Listener {
    private final Limits limits;
    private final Scheduler scheduler;
    private final Map<Connection, Guest> guests = new LinkedHashMap<>();

    Places(Limits limits, Scheduler scheduler) {
        this.limits = requireNonNull(limits, "limits is null");
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection) {
            come(connection).forEach(Places::end);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        leave(connection);
    }

    /** The head of a request is here as a whole. */
    void asked(Context context) {
        Connection connection = connection(context);
        synchronized (this) {
            Guest guest = guests.get(connection);
            if (guest != null) {
                guest.deadline.cancel();
                guests.replace(connection, new Guest(guest.address, deadline(connection, limits.exchange())));
            }
        }
    }

    /** A request was let in as somebody's, who is no guest. */
    void admitted(Context context) {
        leave(connection(context));
    }

    private static Connection connection(Context context) {
        return ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection();
    }

    /** Gives a place; the answer is who has to go for it. */
    private synchronized List<Connection> come(Connection connection) {
        InetAddress address = address(connection);
        List<Connection> going = new ArrayList<>();
        Stream.concat(
                        first(of(address), limits.guestsOfAddress()),
                        first(List.copyOf(guests.keySet()), limits.guests()))
                .distinct()
                .forEach(going::add);
        going.forEach(this::leave);
        guests.put(connection, new Guest(address, deadline(connection, limits.head())));
        return going;
    }

    private List<Connection> of(InetAddress address) {
        return guests.entrySet().stream()
                .filter(entry -> entry.getValue().address.equals(address))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those who came first, as many as leave one place free. */
    private static Stream<Connection> first(List<Connection> there, int places) {
        return there.stream().limit(Math.max(0, there.size() - places + 1));
    }

    private synchronized void leave(Connection connection) {
        Guest guest = guests.remove(connection);
        if (guest != null) {
            guest.deadline.cancel();
        }
    }

    private Scheduler.Task deadline(Connection connection, Duration time) {
        return scheduler.schedule(() -> end(connection), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void end(Connection connection) {
        connection.getEndPoint().close(new TimeoutException("a guest takes too long, or others need the place"));
    }

    private static InetAddress address(Connection connection) {
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress from
                ? from.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    /**
     * How much guests get.
     *
     * @param guests          how many there are at most
     * @param guestsOfAddress how many of them from one address
     * @param head            the time for the whole head of the first request
     * @param exchange        the time from there until the answer has been sent and the next head is whole
     */
    record Limits(int guests, int guestsOfAddress, Duration head, Duration exchange) {
        static final Limits USUAL = new Limits(200, 60, Duration.ofSeconds(10), Duration.ofSeconds(30));

        Limits {
            requireNonNull(head, "head is null");
            requireNonNull(exchange, "exchange is null");
        }
    }

    private record Guest(InetAddress address, Scheduler.Task deadline) {}
}
