package org.meridian.drivers.vault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Secret;
import org.meridian.drivers.http.WholeAnswer;

/**
 * A Vault server, and who asks it. Redirects are not followed, since they would carry the token elsewhere.
 *
 * @param address   its base address
 * @param token     what the server knows the asker by
 * @param namespace of Vault Enterprise; empty for none
 * @param limit     how long one answer may take, to its last byte
 */
record VaultServer(URI address, Secret token, Optional<String> namespace, Duration limit) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The server that Vault's own client would ask; throws a Failure of kind USAGE when something is not set. */
    static VaultServer of(Map<String, String> environment, Path home, Duration limit) {
        return new VaultServer(
                address(environment),
                token(environment, home),
                Optional.ofNullable(environment.get("VAULT_NAMESPACE")).filter(name -> !name.isBlank()),
                limit);
    }

    /** What {@link #of} would say is not set or wrong, all at once. */
    static List<Diagnostic> missing(Map<String, String> environment, Path home) {
        return Stream.<Runnable>of(() -> address(environment), () -> token(environment, home))
                .flatMap(look -> problems(look).stream())
                .toList();
    }

    private static List<Diagnostic> problems(Runnable look) {
        try {
            look.run();
            return List.of();
        } catch (Failure e) {
            return e.diagnostics();
        }
    }

    private static URI address(Map<String, String> environment) {
        String address = environment.getOrDefault("VAULT_ADDR", "").strip();
        if (address.isEmpty()) {
            throw usage(
                    "VAULT_ADDR is not set", "Set it to the address of Vault, such as https://vault.example.com:8200.");
        }
        return checked(address);
    }

    private static URI checked(String address) {
        try {
            URI uri = new URI(address.replaceFirst("/+$", ""));
            boolean plain = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
            if (uri.getHost() != null && uri.getUserInfo() == null && (plain || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, without what may be a secret in it.
        }
        throw usage(
                "VAULT_ADDR is not an https:// address of a host, without a user",
                "Correct it. Plain http:// is for this machine only.");
    }

    private static Secret token(Map<String, String> environment, Path home) {
        String token = environment.getOrDefault("VAULT_TOKEN", "").strip();
        if (!token.isEmpty()) {
            return Secret.of(token);
        }
        Path file = home.resolve(".vault-token");
        try {
            return Secret.of(BoundedFile.text(file, BoundedFile.MEGABYTE).strip());
        } catch (IOException e) {
            throw usage(
                    "there is no token for Vault: VAULT_TOKEN is not set, and " + file + " can't be read: "
                            + BoundedFile.reason(e),
                    "Set VAULT_TOKEN, or run 'vault login'.");
        }
    }

    /** Asks; throws a Failure when there is no answer in time. */
    Answer get(String path) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .executor(task -> Thread.ofVirtual().start(task))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request(path), WholeAnswer.text());
        try {
            HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw unreachable("did not answer within " + Durations.spoken(limit));
        } catch (ExecutionException e) {
            throw unreachable(reason(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true);
            client.shutdownNow();
        }
    }

    private HttpRequest request(String path) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                    .header("X-Vault-Token", token.reveal())
                    .header("X-Vault-Request", "true")
                    .header("User-Agent", "meridian");
            namespace.ifPresent(name -> request.header("X-Vault-Namespace", name));
            return request.GET().build();
        } catch (IllegalArgumentException e) {
            // Its message would show the header's value.
            throw usage("the token for Vault has characters that no header can carry", "Set VAULT_TOKEN again.");
        }
    }

    private String reason(Throwable problem) {
        if (problem instanceof HttpTimeoutException) {
            return "did not answer within " + Durations.spoken(limit);
        }
        return problem instanceof ConnectException
                ? "can't be reached"
                : "can't be asked (" + problem.getClass().getSimpleName() + ": " + problem.getMessage() + ")";
    }

    private Failure unreachable(String what) {
        return Failure.noAnswer(Diagnostic.of(
                "vault-unreachable",
                this + " " + what,
                "See that VAULT_ADDR is right, that the server runs and that it can be reached from here."));
    }

    private static Failure usage(String summary, String suggestion) {
        return Failure.usage(Diagnostic.of("vault-settings", summary, suggestion));
    }

    @Override
    public String toString() {
        return "Vault at " + address;
    }

    /**
     * What it answered.
     *
     * @param status the HTTP status
     * @param body   may have secrets in it
     */
    record Answer(int status, String body) {
        @Override
        public String toString() {
            return "an answer of " + status;
        }
    }
}
