package org.meridian.drivers.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets an answer with its body, within a limit of time for both and one of size for the body.
 *
 * <p>The timeout of a request alone ends when the head of the answer is there ({@link HttpRequest.Builder#timeout}), so a
 * body that trickles, or never ends, would keep a deploy for ever.
 */
public final class WholeAnswer {
    /** In bytes; larger than anything that the services asked here have to say. */
    private static final long LARGEST = 32L * 1024 * 1024;

    private WholeAnswer() {}

    /** The body as text; an answer that is larger than any that is expected fails with an IOException. */
    public static BodyHandler<String> text() {
        return BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST);
    }

    /**
     * The answer to a request.
     *
     * @throws HttpTimeoutException when it was not whole within that time
     * @throws IOException          when there was none, or too large a one
     */
    public static HttpResponse<String> of(HttpClient client, HttpRequest request, Duration within)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, text());
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
