package org.meridian.drivers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.Prober.Answer;

final class HttpProberTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    static {
        HttpProber.allowHostHeader();
    }

    private final HttpServer server = listen();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private final HttpProber prober =
            new HttpProber(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());

    private volatile int status = 200;
    private volatile @Nullable String country;
    private volatile @Nullable String host;
    private volatile String path = "";

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.createContext("/never", exchange -> hang());
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void asks_for_the_path_as_a_user_in_the_regions_country() throws InterruptedException {
        Answer answer = prober.probe(region("sfo3"), "/posts?page=2", TIMEOUT);

        assertThat(answer.good()).isTrue();
        assertThat(answer.detail()).isEqualTo("200");
        assertThat(answer.latency()).isPositive();
        assertThat(path).isEqualTo("/posts?page=2");
        assertThat(country).isEqualTo("US");
    }

    @Test
    void asks_for_the_host_name_that_the_health_check_asks_for() throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

        Answer answer = new HttpProber(address, Optional.of("journal.example.com")).probe(region("DE"), "/", TIMEOUT);

        assertThat(answer.detail()).isEqualTo("200");
        assertThat(host).isEqualTo("journal.example.com");
    }

    @Test
    void names_no_country_where_the_location_is_unknown() throws InterruptedException {
        prober.probe(region("basement"), "/", TIMEOUT);

        assertThat(country).isNull();
    }

    @ParameterizedTest
    @CsvSource({"200,true", "404,true", "499,true", "500,false", "503,false"})
    void counts_server_errors_as_failures(int answered, boolean good) throws InterruptedException {
        status = answered;

        assertThat(prober.probe(region("DE"), "/", TIMEOUT))
                .returns(good, Answer::good)
                .returns(Integer.toString(answered), Answer::detail);
    }

    @Test
    void counts_a_refused_connection_as_a_failure() throws Exception {
        var nobody = URI.create("http://127.0.0.1:" + freePort());

        assertThat(new HttpProber(nobody, Optional.empty()).probe(region("DE"), "/", TIMEOUT))
                .returns(false, Answer::good)
                .returns(false, Answer::reached);
    }

    @Test
    void blames_the_address_when_a_connection_ends_without_an_answer() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeEveryConnection(rude));
            var address = URI.create("http://127.0.0.1:" + rude.getLocalPort());

            assertThat(new HttpProber(address, Optional.empty()).probe(region("DE"), "/", TIMEOUT))
                    .returns(false, Answer::good)
                    .returns(false, Answer::reached);
        }
    }

    @Test
    void gives_up_after_the_timeout() throws InterruptedException {
        Answer answer = prober.probe(region("DE"), "/never", Duration.ofMillis(200));

        assertThat(answer.good()).isFalse();
        assertThat(answer.reached()).isTrue();
        assertThat(answer.latency()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void keeps_connections_and_opens_a_new_one_for_every_tenth_request() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            assertThat(prober.probe(region("DE"), "/", TIMEOUT).good()).isTrue();
        }

        // A connection that is still being put back is not there for the next request.
        assertThat(clientPorts).hasSizeBetween(3, 12);
    }

    private void answer(HttpExchange exchange) throws IOException {
        path = exchange.getRequestURI().toString();
        host = exchange.getRequestHeaders().getFirst("Host");
        country = exchange.getRequestHeaders().getFirst("CF-IPCountry");
        clientPorts.add(exchange.getRemoteAddress().getPort());
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void closeEveryConnection(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Region region(String location) {
        return new Region(
                new RegionName("here"), "local", location, 1, Optional.empty(), List.of(), Map.of(), List.of());
    }
}
