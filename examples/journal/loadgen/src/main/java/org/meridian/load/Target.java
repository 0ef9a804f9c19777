package org.meridian.load;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Where the load goes. Only this machine: nobody else's server is to be flooded by a typing mistake. */
record Target(int port) {
    Target {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be from 1 to 65535, not " + port);
        }
    }

    /** Reads an address such as {@code http://127.0.0.1:8080}. */
    static Target parse(String url) {
        URI uri = URI.create(requireNonNull(url, "url is null"));
        boolean root = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (!"http".equals(uri.getScheme()) || !"127.0.0.1".equals(uri.getHost()) || !root) {
            throw new IllegalArgumentException(
                    "--url is '%s', but must be like http://127.0.0.1:8080 (this machine only)".formatted(url));
        }
        return new Target(uri.getPort() < 0 ? 80 : uri.getPort());
    }

    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    /** The value of the Host header. */
    String host() {
        return "127.0.0.1:" + port;
    }
}
