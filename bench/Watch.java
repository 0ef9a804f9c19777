import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Asks the edge on 127.0.0.1 every 20 ms from each country who serves it, until all regions have served a release for a
 * second without a break; then prints when, in milliseconds since 1970, each region began to.
 *
 * <p>Arguments: the port, the release, and COUNTRY=REGION for each region.
 */
final class Watch {
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Duration STEADY = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI address;
    private final String release;
    private final CountDownLatch answered;
    private final CountDownLatch served;

    private Watch(int port, String release, int regions) {
        this.address = URI.create("http://127.0.0.1:" + port + "/about");
        this.release = release;
        this.answered = new CountDownLatch(regions);
        this.served = new CountDownLatch(regions);
    }

    public static void main(String[] arguments) throws InterruptedException {
        List<String> regions = List.of(arguments).subList(2, arguments.length);
        Watch watch = new Watch(Integer.parseInt(arguments[0]), arguments[1], regions.size());
        try (var pollers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String region : regions) {
                String[] parts = region.split("=", 2);
                pollers.submit(() -> watch.poll(parts[0], parts[1]));
            }
            watch.answered.await();
            System.out.println("watching");
            if (!watch.served.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("gave up after " + LIMIT.toSeconds() + " s");
                System.exit(1);
            }
        }
    }

    private void poll(String country, String region) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(5))
                .header("CF-IPCountry", country)
                .build();
        long steadySince = 0;
        for (int answers = 1; ; answers++) {
            long asked = System.currentTimeMillis();
            boolean wanted = isWanted(request, region);
            long at = System.currentTimeMillis();
            steadySince = !wanted ? 0 : steadySince == 0 ? at : steadySince;
            if (answers == 50) { // by now this program is warm
                answered.countDown();
            }
            if (steadySince > 0 && at - steadySince >= STEADY.toMillis()) {
                System.out.println("served " + region + " " + steadySince);
                served.countDown();
                return;
            }
            pause(EVERY.toMillis() - (at - asked));
        }
    }

    private boolean isWanted(HttpRequest request, String region) {
        try {
            String[] by = http.send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("X-Served-By")
                    .orElse("")
                    .split("/");
            return by.length == 3 && by[0].equals(region) && by[2].equals(release);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
