package org.meridian.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/** What a route answers, before it goes over the wire. */
@SuppressWarnings("ArrayRecordComponent") // answers are sent, never compared
record Response(int status, Map<String, String> headers, byte[] body) {
    Response {
        headers = Map.copyOf(headers);
        requireNonNull(body, "body is null");
    }

    static Response html(int status, String page) {
        return html(status, page.getBytes(UTF_8));
    }

    static Response html(int status, byte[] page) {
        return of(status, "text/html; charset=utf-8", page);
    }

    static Response of(int status, String type, byte[] body) {
        return new Response(status, Map.of("Content-Type", type), body);
    }

    /** Sends the user on to another page, which is then read with GET. */
    static Response seeOther(String path) {
        return new Response(303, Map.of("Location", path), new byte[0]);
    }

    /** This answer with one header more. */
    Response with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }
}
