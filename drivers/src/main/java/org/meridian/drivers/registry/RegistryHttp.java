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
import javax.net.ssl.SSLHandshakeException;
import org.meridian.core.diagnostic.Durations;
import org.meridian.drivers.http.WholeAnswer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Requests to registries and to those that give tokens for them, each with a time limit. */
final class RegistryHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
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

    static String basic(Login.Password login) {
        return "Basic " + login.encoded().reveal();
    }

    HttpResponse<String> head(URI manifest, Optional<String> authorization, Registry registry)
            throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(manifest).timeout(ANSWER).HEAD();
        MANIFESTS.forEach(type -> request.header("Accept", type));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request.build(), registry);
    }

    /** A token, for a user where there is a login, else for anybody (distribution: token and OAuth 2 authentication). */
    String token(URI realm, String query, Optional<Login> login, Registry registry) throws InterruptedException {
        HttpResponse<String> answer = send(tokenRequest(realm, query, login), registry);
        if (answer.statusCode() == TOO_MANY) {
            throw RegistryFailures.limited(registry, login.isPresent(), answer);
        }
        if (answer.statusCode() != OK) {
            throw RegistryFailures.noToken(registry, answer.statusCode());
        }
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body.path("token").asString(body.path("access_token").asString(""));
        } catch (JacksonException e) {
            throw RegistryFailures.noToken(registry, answer.statusCode());
        }
    }

    private static HttpRequest tokenRequest(URI realm, String query, Optional<Login> login) {
        if (login.orElse(null) instanceof Login.Identity identity) {
            String form = query + "&grant_type=refresh_token&client_id=meridian&refresh_token="
                    + Challenge.encoded(identity.token().reveal());
            return HttpRequest.newBuilder(realm)
                    .timeout(ANSWER)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
        }
        String sign = realm.getRawQuery() == null ? "?" : "&";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(realm + sign + query)).timeout(ANSWER);
        if (login.orElse(null) instanceof Login.Password password) {
            request.header("Authorization", basic(password));
        }
        return request.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> send(HttpRequest request, Registry registry) throws InterruptedException {
        try {
            return WholeAnswer.of(client, request, ANSWER);
        } catch (HttpTimeoutException e) {
            throw RegistryFailures.unreachable(registry, "gave no answer within " + Durations.spoken(ANSWER), e);
        } catch (SSLHandshakeException e) {
            throw RegistryFailures.untrusted(registry, e);
        } catch (IOException e) {
            throw RegistryFailures.unreachable(registry, "can't be reached", e);
        }
    }
}
