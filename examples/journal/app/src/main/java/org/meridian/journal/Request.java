package org.meridian.journal;

import static java.util.Objects.requireNonNull;

/**
 * What somebody asks for.
 *
 * @param query the part of the address after the question mark, encoded; empty when there is none
 * @param body empty unless it was posted
 */
record Request(String method, String path, String query, String body) {
    Request {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
        requireNonNull(body, "body is null");
    }

    /** Whether this only reads. A HEAD request is a GET whose answer comes without a body. */
    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
