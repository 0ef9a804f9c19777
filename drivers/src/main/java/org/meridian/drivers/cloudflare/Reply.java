package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What became of a call.
 *
 * @param status     the HTTP status; 0 where no answer came
 * @param body       the answer as JSON; missing where it was something else
 * @param at         when Cloudflare answered, by its own clock, so that ours may be wrong
 * @param retryAfter how long Cloudflare asks to wait
 * @param trouble    why no answer came; empty where one did
 * @param arrived    whether Cloudflare may have got the request
 */
record Reply(int status, JsonNode body, Instant at, Optional<Duration> retryAfter, String trouble, boolean arrived) {
    static final int TOO_MANY = 429;
    static final int NOT_FOUND = 404;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Reply {
        requireNonNull(body, "body is null");
        requireNonNull(at, "at is null");
        requireNonNull(retryAfter, "retryAfter is null");
        requireNonNull(trouble, "trouble is null");
    }

    /** An answer that came at a time by our clock. */
    static Reply of(HttpResponse<String> response, Instant now) {
        HttpHeaders headers = response.headers();
        return new Reply(
                response.statusCode(),
                json(response.body()),
                headers.firstValue("Date").flatMap(Reply::date).orElse(now),
                headers.firstValue("Retry-After").flatMap(Reply::seconds),
                "",
                true);
    }

    /** No answer. */
    static Reply none(String trouble, boolean arrived, Instant now) {
        return new Reply(0, MissingNode.getInstance(), now, Optional.empty(), trouble, arrived);
    }

    boolean good() {
        return status >= 200 && status < 300 && body.path("success").asBoolean(false);
    }

    /** Whether asking again later may help, apart from the rate's limit. */
    boolean passing() {
        return status == 0 || status >= 500;
    }

    /** What was asked for. */
    JsonNode result() {
        return body.path("result");
    }

    boolean hasError(int code) {
        return StreamSupport.stream(body.path("errors").spliterator(), false)
                .anyMatch(error -> error.path("code").asInt(0) == code);
    }

    /** Cloudflare's own words about what is wrong. */
    String words() {
        return StreamSupport.stream(body.path("errors").spliterator(), false)
                .map(error -> error.path("code").asInt(0) + " "
                        + error.path("message").asString(""))
                .collect(Collectors.joining("\n"));
    }

    /** A body as JSON; missing where it is something else. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }
}
