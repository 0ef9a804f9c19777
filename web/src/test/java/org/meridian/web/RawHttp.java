package org.meridian.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests with headers that a well-behaved client does not let one set. */
final class RawHttp {
    private RawHttp() {}

    /** Sends these lines and returns all of the answer. */
    static String send(URI address, String... lines) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5_000);
            socket.setSoTimeout(300_000);
            OutputStream out = socket.getOutputStream();
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
