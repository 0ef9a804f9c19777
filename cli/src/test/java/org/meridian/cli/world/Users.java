package org.meridian.cli.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Users in several countries who request pages all the time, some of them slow ones, and remember what failed. */
final class Users implements AutoCloseable {
    private static final List<String> COUNTRIES = List.of("DE", "US", "FR", "CA");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String host;
    private final AtomicInteger sent = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private volatile boolean stopped;

    private Users(URI address, String host, Map<String, Integer> pauseMillis) {
        this.address = address;
        this.host = host;
        this.threads = COUNTRIES.stream()
                .flatMap(country -> pauseMillis.entrySet().stream()
                        .map(page -> Thread.ofVirtual().unstarted(() -> read(country, page.getKey(), page.getValue()))))
                .toList();
        threads.forEach(Thread::start);
    }

    static Users of(URI address) {
        return of(address, address.getAuthority(), 20);
    }

    /** Users who ask the machine at that address for this name, with so many milliseconds between two pages of one user. */
    static Users of(URI address, String host, int pauseMillis) {
        return new Users(address, host, Map.of("/", pauseMillis, "/slow", 500));
    }

    /** Users of an app that has no slow page. */
    static Users of(URI address, String page) {
        return new Users(address, address.getAuthority(), Map.of(page, 50));
    }

    private void read(String country, String path, long pauseMillis) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("CF-IPCountry", country)
                .header("Host", host)
                .timeout(Duration.ofSeconds(15))
                .build();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!stopped && System.nanoTime() < end) {
            sent.incrementAndGet();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    failed(
                            country,
                            path,
                            answer.statusCode() + " "
                                    + answer.headers().firstValue("X-Served-By").orElse("the edge"));
                }
            } catch (IOException e) {
                failed(country, path, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
        }
    }

    /** With the moment, which tells what the deployer was doing. */
    private void failed(String country, String path, String how) {
        failures.add(Instant.now() + " " + country + " " + path + ": " + how);
    }

    /** One request as from a country; the answer's X-Served-By. */
    static String servedBy(URI address, String country) {
        HttpResponse<String> answer = get(address, country);
        return answer.headers().firstValue("X-Served-By").orElse("nobody: " + answer.statusCode());
    }

    /** Sends requests as from a country, one after the other; how many answers' X-Served-By ends like this. */
    static int answeredBy(URI address, String country, int requests, String end)
            throws IOException, InterruptedException {
        int found = 0;
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("CF-IPCountry", country)
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < requests; i++) {
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                found += answer.headers().firstValue("X-Served-By").orElse("").endsWith(end) ? 1 : 0;
            }
        }
        return found;
    }

    /** Sends a form. */
    static void post(URI address, String form) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.statusCode() >= 400) {
            throw new AssertionError("POST " + address + ": " + answer.statusCode());
        }
    }

    /** The text of a page. */
    static String page(URI address) {
        return get(address, "DE").body();
    }

    /** The status and the text of a page that the machine at that address has for this name. */
    static String page(URI address, String host) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address).header("Host", host));
        return answer.statusCode() + " " + answer.body().strip();
    }

    private static HttpResponse<String> get(URI address, String country) {
        return send(HttpRequest.newBuilder(address).header("CF-IPCountry", country));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    int sent() {
        return sent.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.shutdownNow();
    }
}
