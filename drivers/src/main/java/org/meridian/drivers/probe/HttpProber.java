package org.meridian.drivers.probe;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.geography.Places;
import org.meridian.core.model.Region;
import org.meridian.core.spi.Prober;

/**
 * Requests the public address over HTTP, saying that it comes from the region's country.
 *
 * <p>The country is in the header {@code CF-IPCountry}, which our own edge believes and Cloudflare replaces by the truth.
 * Most requests go over kept connections, as most of users' do; every tenth opens a new one. A refused connection,
 * an answer of 500 and above, and none within the timeout are failures. The JDK's client sends without Nagle's delay.
 */
public final class HttpProber implements Prober {
    private static final int REQUESTS_PER_CONNECTION = 10;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Entrances entrances;
    private final Optional<String> host;
    private final HttpClient kept = newClient();
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * A prober of this address, whose path is replaced by that of each probe.
     *
     * @param host the host name to ask for, where users ask for another than the address's; empty for the address's
     */
    public HttpProber(URI address, Optional<String> host) {
        this(region -> List.of(requireNonNull(address, "address is null")), host);
    }

    /** A prober of several addresses, one after another. */
    public HttpProber(Entrances entrances, Optional<String> host) {
        this.entrances = requireNonNull(entrances, "entrances is null");
        this.host = requireNonNull(host, "host is null");
    }

    /** Where users come in. */
    @FunctionalInterface
    public interface Entrances {
        /** The addresses that users in a region may come to, at least one; throws a Failure when that can't be found out. */
        List<URI> of(Region region) throws InterruptedException;
    }

    /** To be called before any HTTP client is used: the JDK's sends no Host header but its own otherwise (module java.net.http). */
    public static void allowHostHeader() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    @Override
    public Answer probe(Region from, String path, Duration timeout) throws InterruptedException {
        int number = sent.incrementAndGet();
        HttpRequest request;
        try {
            List<URI> addresses = entrances.of(from);
            request = request(addresses.get(number % addresses.size()), from, path, timeout);
        } catch (Failure e) {
            return new Answer(false, false, Duration.ZERO, e.diagnostic().summary());
        }
        if (number % REQUESTS_PER_CONNECTION != 0) {
            return send(kept, request, timeout);
        }
        HttpClient fresh = newClient();
        try {
            return send(fresh, request, timeout);
        } finally {
            fresh.shutdownNow();
        }
    }

    private static Answer send(HttpClient client, HttpRequest request, Duration timeout) throws InterruptedException {
        var answered = new AtomicBoolean();
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request, info -> {
            answered.set(true);
            return HttpResponse.BodySubscribers.discarding();
        });
        try {
            int status = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return new Answer(status < 500, true, since(begun), Integer.toString(status));
        } catch (ExecutionException e) {
            Throwable problem = e.getCause() == null ? e : e.getCause();
            return new Answer(false, answered.get() || waited(problem), since(begun), reason(problem));
        } catch (TimeoutException e) {
            return new Answer(false, true, since(begun), "no answer within " + Durations.spoken(timeout));
        } finally {
            response.cancel(true);
        }
    }

    private HttpRequest request(URI address, Region from, String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(timeout).header("User-Agent", "meridian-probe");
        host.ifPresent(name -> request.header("Host", name));
        Places.find(from.location()).ifPresent(place -> request.header("CF-IPCountry", place.country()));
        return request.build();
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(task -> Thread.ofVirtual().start(task))
                .build();
    }

    /** Whether the connection was there; without one, or with one that ends before any answer, the edge is to blame. */
    private static boolean waited(Throwable problem) {
        return problem instanceof HttpTimeoutException && !(problem instanceof HttpConnectTimeoutException);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String reason(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
