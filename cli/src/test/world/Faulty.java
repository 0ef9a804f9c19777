import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The app that end-to-end tests deploy. The environment variable FAULT, set in its image, chooses how it fails:
 * {@code none}, {@code unhealthy} (its health check never is good), {@code pages} (healthy, but its pages fail) or
 * {@code tenth} (healthy, but each tenth page fails).
 */
final class Faulty {
    private static final Map<String, String> ENV = System.getenv();
    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final AtomicLong PAGES = new AtomicLong();

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("migrate")) {
            System.out.println("migrated by " + ENV.get("MERIDIAN_SERVER"));
            return;
        }
        if (args.length == 1 && args[0].equals("refuse")) {
            System.out.println("this migration refuses");
            System.exit(7);
        }
        if (ENV.containsKey("LINES_PER_SECOND")) {
            Thread.ofVirtual().start(() -> writeLines(Integer.parseInt(ENV.get("LINES_PER_SECOND"))));
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(3000), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Faulty::page);
        server.createContext("/up", Faulty::up);
        server.createContext("/slow", Faulty::slow);
        server.createContext("/env", exchange -> answer(exchange, 200, ENV.getOrDefault("SHOWN", "-")));
        server.start();
        System.out.println(ENV.get("MERIDIAN_SERVER") + " serves " + ENV.get("MERIDIAN_RELEASE"));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            STOPPING.set(true);
            server.stop(20);
            stopped.countDown();
        }));
        stopped.await();
    }

    /** Numbered lines, for as long as it runs. */
    private static void writeLines(int perSecond) {
        try {
            for (int number = 1; true; number++) {
                System.out.println("line " + number);
                TimeUnit.MICROSECONDS.sleep(1_000_000 / perSecond);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void up(HttpExchange exchange) throws IOException {
        boolean good = !"unhealthy".equals(ENV.get("FAULT")) && !STOPPING.get();
        if (!good) {
            System.out.println("the database of this app is on holiday");
        }
        answer(exchange, good ? 200 : 503, good ? "up" : "down");
    }

    private static void page(HttpExchange exchange) throws IOException {
        boolean good =
                switch (ENV.getOrDefault("FAULT", "none")) {
                    case "pages" -> false;
                    case "tenth" -> PAGES.incrementAndGet() % 10 != 0;
                    default -> true;
                };
        answer(exchange, good ? 200 : 500, good ? "hello from " + ENV.get("TAG") : "broken");
    }

    private static void slow(HttpExchange exchange) throws IOException {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        page(exchange);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set(
                        "X-Served-By",
                        ENV.get("MERIDIAN_REGION") + "/" + ENV.get("MERIDIAN_SERVER") + "/" + ENV.get("MERIDIAN_RELEASE"));
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
