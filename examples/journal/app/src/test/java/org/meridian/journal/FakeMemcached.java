package org.meridian.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each connection's command lines with prepared texts, in order; with nothing once they are used up. */
final class FakeMemcached implements AutoCloseable {
    final Queue<String> received = new ConcurrentLinkedQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final ServerSocket listener;

    FakeMemcached() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    Settings.CacheAddress address() {
        return new Settings.CacheAddress("127.0.0.1", listener.getLocalPort());
    }

    void willAnswer(String... texts) {
        answers.addAll(List.of(texts));
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                received.add(line);
                String answer = line.startsWith("set ") ? null : answers.poll(); // data follows a set
                if (answer != null) {
                    out.write(answer.getBytes(ISO_8859_1));
                    out.flush();
                }
            }
        } catch (IOException _) {
            // the client went away
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
