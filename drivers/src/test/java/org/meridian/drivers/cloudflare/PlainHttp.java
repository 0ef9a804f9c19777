package org.meridian.drivers.cloudflare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server whose answers are the test's to the letter; the JDK's own sets the header Date itself. */
final class PlainHttp implements AutoCloseable {
    /** Where nothing came at all, a client may ask again by itself. */
    private static final byte[] CUT = "HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;
    private final Handler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PlainHttp(Handler handler) {
        this.handler = handler;
        try {
            this.socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Answers requests. */
    interface Handler {
        /** The answer to a request; none where the connection ends within its first line. */
        Optional<Answer> answer(Request request) throws InterruptedException;
    }

    /** A request. */
    record Request(String method, String path, Map<String, String> headers, String body) {}

    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) {}

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One request a connection. */
    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            Optional<Answer> answer = handler.answer(read(new BufferedInputStream(connection.getInputStream())));
            connection.getOutputStream().write(answer.map(PlainHttp::bytes).orElse(CUT));
            connection.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // The client went away, or the server is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream stream) throws IOException {
        String[] first = line(stream).split(" ", -1);
        if (first.length < 2) {
            throw new IOException("no request");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(stream); !line.isEmpty(); line = line(stream)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, new String(stream.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream stream) throws IOException {
        var line = new StringBuilder();
        for (int c = stream.read(); c >= 0 && c != '\n'; c = stream.read()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] bytes(Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " X\r\nConnection: close\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
