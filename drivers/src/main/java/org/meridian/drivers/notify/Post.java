package org.meridian.drivers.notify;

import static java.util.Objects.requireNonNull;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/**
 * Posts JSON to an address that nobody may see: no problem repeats it, nor anything that its server answers but the
 * status. Redirects are not followed, since they would carry the content elsewhere.
 */
final class Post {
    private static final int TRIES = 2;

    private final String receiver;
    private final Secret address;
    private final Duration within;

    /**
     * A post to an address.
     *
     * @param receiver who has the address, for people
     * @param address  the address
     * @param within   how long one try may take
     */
    Post(String receiver, Secret address, Duration within) {
        this.receiver = requireNonNull(receiver, "receiver is null");
        this.address = requireNonNull(address, "address is null");
        this.within = requireNonNull(within, "within is null");
    }

    /** Posts it, a second time where that may help; throws Failure when it did not arrive. */
    void send(String json) throws InterruptedException {
        HttpRequest request = request(json);
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(within)
                .executor(task -> Thread.ofVirtual().start(task))
                .build();
        try {
            Optional<Refusal> refusal = attempt(client, request);
            for (int tries = 1;
                    tries < TRIES && refusal.filter(Refusal::passing).isPresent();
                    tries++) {
                refusal = attempt(client, request);
            }
            refusal.ifPresent(why -> {
                throw failure(why);
            });
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest request(String json) {
        try {
            return HttpRequest.newBuilder(URI.create(address.reveal()))
                    .timeout(within)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("User-Agent", "meridian")
                    .POST(BodyPublishers.ofString(json))
                    .build();
        } catch (IllegalArgumentException e) {
            // Its message has the address.
            throw failure(new Refusal("its address is not one of http or https", false));
        }
    }

    /** Empty when it arrived. */
    private Optional<Refusal> attempt(HttpClient client, HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = answer.get(within.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status >= 200 && status < 300
                    ? Optional.empty()
                    : Optional.of(new Refusal("it answered " + status, status >= 500));
        } catch (TimeoutException e) {
            return Optional.of(noAnswer());
        } catch (ExecutionException e) {
            return Optional.of(refusal(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private Refusal refusal(Throwable problem) {
        if (problem instanceof HttpTimeoutException) {
            return noAnswer();
        }
        return problem instanceof ConnectException
                ? new Refusal("it can't be reached", true)
                : new Refusal("the connection failed (" + problem.getClass().getSimpleName() + ")", true);
    }

    private Refusal noAnswer() {
        return new Refusal("it did not answer within " + Durations.spoken(within), true);
    }

    private Failure failure(Refusal why) {
        return Failure.of(Diagnostic.of(
                "notification-failed",
                receiver + " was not told: " + why.reason(),
                "Check the address under 'notify' and that it can be reached from here."));
    }

    /**
     * Why it did not arrive.
     *
     * @param reason  for people
     * @param passing whether another try may help
     */
    private record Refusal(String reason, boolean passing) {}
}
