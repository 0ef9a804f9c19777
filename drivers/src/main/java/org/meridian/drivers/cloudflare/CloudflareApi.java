package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;
import org.meridian.drivers.http.WholeAnswer;
import tools.jackson.databind.JsonNode;

/**
 * Calls Cloudflare's API (version 4), patiently where that is safe, and never for ever. The token is in one header of
 * each request and nowhere else.
 */
final class CloudflareApi implements AutoCloseable {
    /** More than any account has; a list that ends with none of them is not read for ever. */
    private static final int MOST_PAGES = 1000;

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final URI base;
    private final Secret token;
    private final Patience patience;
    private final Time time;
    private final Consumer<String> notes;
    private final ApiFailures failures;
    private final HttpClient client;

    /**
     * Calls the API at an address.
     *
     * @param base     the API's base address
     * @param token    an API token
     * @param patience how long it is waited for
     * @param time     the clock
     * @param notes    is told what is waited for when that takes long
     */
    CloudflareApi(URI base, Secret token, Patience patience, Time time, Consumer<String> notes) {
        this.base = requireNonNull(base, "base is null");
        this.token = requireNonNull(token, "token is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.time = requireNonNull(time, "time is null");
        this.notes = requireNonNull(notes, "notes is null");
        this.failures = new ApiFailures(token);
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(task -> Thread.ofVirtual().start(task))
                .build();
    }

    /**
     * Makes the call; throws a Failure that says what is wrong unless Cloudflare did what was asked, and one of kind
     * USAGE where there is no token.
     */
    Reply call(ApiRequest request) throws InterruptedException {
        Reply reply = patiently(request);
        if (!reply.good()) {
            throw failures.of(request, reply);
        }
        return reply;
    }

    /** Makes the call; empty where what it is about is not there. */
    Optional<Reply> callIfThere(ApiRequest request) throws InterruptedException {
        Reply reply = patiently(request);
        if (reply.status() == Reply.NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.good()) {
            throw failures.of(request, reply);
        }
        return Optional.of(reply);
    }

    /** Reads a list to its last page; throws as {@link #call} does. */
    Listing list(ApiRequest request) throws InterruptedException {
        Reply page = call(request);
        Instant at = page.at();
        List<JsonNode> items = new ArrayList<>(page.result().valueStream().toList());
        for (int number = 1; Listing.goesOn(page, number) && number < MOST_PAGES; ) {
            number++;
            page = call(request.page(
                    number, page.body().path("result_info").path("per_page").asInt()));
            page.result().valueStream().filter(item -> !items.contains(item)).forEach(items::add);
        }
        return new Listing(items, at);
    }

    /** Tells a person something. */
    void note(String text) {
        notes.accept(text);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Reply patiently(ApiRequest request) throws InterruptedException {
        var retries = new Retries(patience, time);
        while (true) {
            Reply reply = attempt(request);
            Optional<Duration> pause = retries.pauseAfter(request, reply);
            if (pause.isEmpty()) {
                return reply;
            }
            if (reply.status() == Reply.TOO_MANY) {
                notes.accept("Cloudflare limits the rate of requests: waiting " + Durations.spoken(pause.get())
                        + ", as it asks, to " + request.purpose());
            }
            time.sleep(pause.get());
        }
    }

    /** One try. The limit is for the whole answer: the client's own ends with the head. */
    private Reply attempt(ApiRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(http(request), WholeAnswer.text());
        try {
            return Reply.of(answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS), time.now());
        } catch (TimeoutException e) {
            return tooLate();
        } catch (ExecutionException e) {
            return lost(e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private Reply lost(Throwable problem) {
        if (problem instanceof HttpTimeoutException && !(problem instanceof HttpConnectTimeoutException)) {
            return tooLate();
        }
        boolean neverSent = problem instanceof ConnectException || problem instanceof HttpConnectTimeoutException;
        String reason = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return none(neverSent ? "can't be reached" : "gave no answer (" + reason + ")", !neverSent);
    }

    private Reply tooLate() {
        return none("gave no answer within " + Durations.spoken(patience.answer()), true);
    }

    private Reply none(String trouble, boolean arrived) {
        return Reply.none(trouble, arrived, time.now());
    }

    private HttpRequest http(ApiRequest request) {
        BodyPublisher body = request.body()
                .map(json -> BodyPublishers.ofString(json.toString()))
                .orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(base + request.path()))
                .timeout(patience.answer())
                .header("Authorization", "Bearer " + wellFormed(token).reveal())
                .header("Accept", "application/json")
                .header("User-Agent", "meridian")
                .method(request.method(), body);
        if (request.body().isPresent()) {
            http.header("Content-Type", "application/json");
        }
        return http.build();
    }

    /** The client's own complaint about a header repeats it. */
    private static Secret wellFormed(Secret token) {
        malformed(token).ifPresent(problem -> {
            throw Failure.usage(problem);
        });
        return token;
    }

    /** What is wrong with a token by its looks. */
    static Optional<Diagnostic> malformed(Secret token) {
        if (TOKEN.matcher(token.reveal()).matches()) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.of(
                "cloudflare-token",
                token.reveal().isEmpty()
                        ? "the variable " + ApiFailures.TOKEN + " is not set"
                        : "what " + ApiFailures.TOKEN + " holds is no API token: it has blanks or other signs",
                "Set it to a token made under My Profile > API Tokens (docs/cloudflare.md says what it must allow)."));
    }
}
