package org.meridian.drivers.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Requests to registries and to those that give tokens for them, each with a time limit. */
final class RegistryHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a manifest may be, so that the digest is the one that a pull would see. */
    private static final List<String> MANIFESTS = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build();

    static String basic(Login login) {
        return "Basic " + login.encoded().reveal();
    }

    HttpResponse<String> head(URI manifest, Optional<String> authorization) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(manifest).timeout(ANSWER).HEAD();
        MANIFESTS.forEach(type -> request.header("Accept", type));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request.build(), manifest.getAuthority());
    }

    /** A token, for a user where there is a log-in, else for anybody. */
    String token(URI address, Optional<Login> login, String registry) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER);
        login.ifPresent(known -> request.header("Authorization", basic(known)));
        HttpResponse<String> answer = send(request.build(), registry);
        if (answer.statusCode() != OK) {
            throw noToken(registry, answer.statusCode());
        }
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body.path("token").asString(body.path("access_token").asString(""));
        } catch (JacksonException e) {
            throw noToken(registry, answer.statusCode());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> send(HttpRequest request, String registry) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw unreachable(registry, "gave no answer within " + ANSWER.toSeconds() + " s", e);
        } catch (IOException e) {
            throw unreachable(registry, "can't be reached", e);
        }
    }

    private static Failure noToken(String registry, int status) {
        return Failure.usage(Diagnostic.of(
                "registry-refused",
                registry + " gives no token (HTTP " + status + ")",
                "Run 'docker login " + registry + "' with a user who may pull the image."));
    }

    private static Failure unreachable(String registry, String what, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Failure.of(
                Diagnostic.of(
                                "registry-unreachable",
                                "the registry " + registry + " " + what,
                                "See whether its name is right and this machine may connect to it; nothing was changed.")
                        .withDetail(reason),
                cause);
    }
}
