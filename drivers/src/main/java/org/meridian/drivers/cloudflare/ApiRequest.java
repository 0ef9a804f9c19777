package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call of Cloudflare's API as data.
 *
 * @param method     the HTTP method
 * @param path       the path after the API's base, with a query if it has one
 * @param body       what is sent
 * @param purpose    what it is for, to follow "to" in a sentence
 * @param permission what the token has to allow
 */
record ApiRequest(String method, String path, Optional<JsonNode> body, String purpose, Permission permission) {
    ApiRequest {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(body, "body is null");
        requireNonNull(purpose, "purpose is null");
        requireNonNull(permission, "permission is null");
    }

    static ApiRequest get(String path, String purpose, Permission permission) {
        return new ApiRequest("GET", path, Optional.empty(), purpose, permission);
    }

    static ApiRequest delete(String path, String purpose, Permission permission) {
        return new ApiRequest("DELETE", path, Optional.empty(), purpose, permission);
    }

    static ApiRequest post(String path, JsonNode body, String purpose, Permission permission) {
        return new ApiRequest("POST", path, Optional.of(body), purpose, permission);
    }

    static ApiRequest patch(String path, JsonNode body, String purpose, Permission permission) {
        return new ApiRequest("PATCH", path, Optional.of(body), purpose, permission);
    }

    /** The same for a further page of a list. */
    ApiRequest page(int number, int size) {
        String query = (path.contains("?") ? "&" : "?") + "page=" + number + "&per_page=" + size;
        return new ApiRequest(method, path + query, body, purpose, permission);
    }

    /**
     * Whether sending it twice does what sending it once does. What we PATCH are whole values, never differences; a
     * POST makes something each time.
     */
    boolean repeatable() {
        return !method.equals("POST");
    }
}
