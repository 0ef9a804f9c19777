package org.meridian.web.stream;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * One server-sent event as it goes over the wire, made once for all clients (WHATWG, HTML, 9.2 Server-sent events).
 *
 * @param name  the event's name
 * @param bytes all of it; nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Frame(String name, byte[] bytes) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Keeps a client's connection from looking dead; it sees nothing of it. */
    static final Frame BEAT = new Frame("", ":\n\n".getBytes(StandardCharsets.US_ASCII));

    /** Checks that no part is null. */
    public Frame {
        requireNonNull(name, "name is null");
        requireNonNull(bytes, "bytes is null");
    }

    /** An event whose data is this as JSON, which is one line whatever text is in it. */
    public static Frame of(String name, Object data) {
        String text = "event: " + name + "\ndata: " + MAPPER.writeValueAsString(data) + "\n\n";
        return new Frame(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
