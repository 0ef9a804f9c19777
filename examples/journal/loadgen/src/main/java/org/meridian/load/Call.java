package org.meridian.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * One request to make.
 *
 * @param body what to post, form-encoded; empty for a GET
 * @param country two letters, for the CF-IPCountry header
 * @param ownConnection whether to open a connection for it and close it afterwards
 */
record Call(Kind kind, String path, String body, String country, boolean ownConnection) {
    Call {
        requireNonNull(kind, "kind is null");
        requireNonNull(path, "path is null");
        requireNonNull(body, "body is null");
        requireNonNull(country, "country is null");
    }

    /** The request as it goes over the wire (RFC 9112). */
    byte[] bytes(Target target) {
        StringBuilder text = new StringBuilder(256);
        text.append(body.isEmpty() ? "GET " : "POST ").append(path).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(target.host()).append("\r\n");
        text.append("CF-IPCountry: ").append(country).append("\r\n");
        if (!body.isEmpty()) {
            text.append("Content-Type: application/x-www-form-urlencoded\r\n");
            text.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
        }
        if (ownConnection) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(UTF_8);
    }
}
