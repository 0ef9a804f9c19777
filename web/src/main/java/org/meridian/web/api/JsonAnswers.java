package org.meridian.web.api;

import io.javalin.http.Context;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.web.security.Refused;
import org.meridian.web.world.WorldView.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;

/** Reads and writes the JSON of requests and answers. */
public final class JsonAnswers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST = 16 * 1024;

    private JsonAnswers() {}

    /** Answers with this as JSON. */
    static void write(Context context, Object answer) {
        context.contentType("application/json; charset=utf-8").result(MAPPER.writeValueAsBytes(answer));
    }

    /** Answers with a problem. */
    public static void problem(Context context, int status, Diagnostic problem) {
        context.status(status);
        write(context, Problem.of(problem));
    }

    /** Answers with the first problem of a failure. */
    public static void failure(Context context, Failure failure) {
        int status =
                switch (failure.kind()) {
                    case USAGE -> 400;
                    case LOCKED -> 409;
                    case FAILED, NO_ANSWER -> 502;
                    case NEEDS_PERSON -> 500;
                };
        problem(context, status, failure.diagnostic());
    }

    /** A text that a client sends along with its WebSocket, or has in its request. */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw bad("that is not JSON");
        }
    }

    /** The request's object. */
    static JsonNode body(Context context) {
        if (context.contentLength() > LONGEST) {
            throw new Refused(
                    413, Diagnostic.of("too-long", "a request has at most " + LONGEST + " bytes", "Send less."));
        }
        JsonNode body = parse(context.body());
        if (body.getNodeType() != JsonNodeType.OBJECT) {
            throw bad("a JSON object is wanted");
        }
        return body;
    }

    /** A text of an object; throws {@link Refused} where there is none. */
    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw bad("'" + name + "' is missing, or no text");
        }
        return value.asString();
    }

    static Refused bad(String what) {
        return new Refused(
                400, Diagnostic.of("bad-request", what, "docs/reference/dashboard-api.md tells what to send."));
    }

    static Refused missing(String what) {
        return new Refused(
                404, Diagnostic.of("not-found", what, "docs/reference/dashboard-api.md tells what there is."));
    }
}
