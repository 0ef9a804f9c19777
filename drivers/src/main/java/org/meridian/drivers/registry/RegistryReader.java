package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;

/** Reads manifests and layers of a registry for others, with the login of this machine, which goes to nobody else. */
public final class RegistryReader {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    /** Registries send on to where layers are kept; some twice. */
    private static final int MOST_REDIRECTS = 5;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern PATH = Pattern.compile("/v2/(?<repository>[a-z0-9._/-]+)(?<rest>/[a-z]+/[a-z0-9:]+)");

    private final ImageReference registry;
    private final DockerLogins logins;
    private final UnaryOperator<ImageReference> askedAs;
    private final Function<Registry, URI> api;
    private final RegistryHttp http = new RegistryHttp();
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();
    /** A login is for the registry alone, so where an answer sends on to is asked without it. */
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(ANSWER)
            .build();

    /** That which {@code image} is in; Docker Hub through the mirror, where there is one. */
    public RegistryReader(ImageReference image, DockerLogins logins, Optional<ImageMirror> mirror) {
        this(image, logins, mirror, Registry::api);
    }

    /** The same, each registry's API at another address. */
    RegistryReader(
            ImageReference image, DockerLogins logins, Optional<ImageMirror> mirror, Function<Registry, URI> api) {
        this.registry = requireNonNull(image, "image is null");
        this.logins = requireNonNull(logins, "logins is null");
        this.askedAs = ImageMirror.through(mirror);
        this.api = requireNonNull(api, "api is null");
    }

    /**
     * The answer to a request such as {@code GET /v2/team/journal/blobs/sha256:…}; its body is the caller's to close. Throws a
     * Failure where no login can be had or the registry can't be reached, and an IOException for what is no such path.
     */
    public HttpResponse<InputStream> read(String method, String path, Map<String, List<String>> headers)
            throws IOException, InterruptedException {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IOException("no path of a registry: " + path);
        }
        ImageReference asked = askedAs.apply(new ImageReference(
                registry.registry() + "/" + parts.group("repository"), Optional.empty(), Optional.empty()));
        Registry at = Registry.of(asked);
        URI address = URI.create(api.apply(at) + "/v2/" + asked.path() + parts.group("rest"));
        Optional<String> known = Optional.ofNullable(authorizations.get(asked.path()));
        HttpResponse<InputStream> answer = asked(at, method, address, headers, known);
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        Optional<String> authorization = authorization(answer, at, asked);
        if (authorization.isEmpty()) {
            return answer;
        }
        answer.body().close();
        authorizations.put(asked.path(), authorization.get());
        return asked(at, method, address, headers, authorization);
    }

    private HttpResponse<InputStream> asked(
            Registry at, String method, URI address, Map<String, List<String>> headers, Optional<String> authorization)
            throws InterruptedException {
        try {
            return followed(method, address, headers, authorization);
        } catch (HttpTimeoutException e) {
            throw RegistryFailures.unreachable(at, "gave no answer within " + Durations.spoken(ANSWER), e);
        } catch (SSLHandshakeException e) {
            throw RegistryFailures.untrusted(at, e);
        } catch (IOException e) {
            throw RegistryFailures.unreachable(at, "can't be reached", e);
        }
    }

    private Optional<String> authorization(HttpResponse<InputStream> answer, Registry at, ImageReference image)
            throws InterruptedException {
        Optional<Challenge> challenge = Challenge.of(answer.headers().allValues("WWW-Authenticate"));
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        Optional<Login> login = logins.of(at);
        Optional<URI> realm = challenge.get().realm();
        if (realm.isPresent()) {
            return Optional.of(
                    "Bearer " + http.token(realm.get(), challenge.get().query(image.path()), login, at));
        }
        return challenge.get().scheme().equals("basic") && login.orElse(null) instanceof Login.Password password
                ? Optional.of(RegistryHttp.basic(password))
                : Optional.empty();
    }

    private HttpResponse<InputStream> followed(
            String method, URI address, Map<String, List<String>> headers, Optional<String> authorization)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = sent(method, address, headers, authorization);
        for (int redirect = 0; REDIRECTS.contains(answer.statusCode()); redirect++) {
            URI next = next(answer);
            answer.body().close();
            if (redirect == MOST_REDIRECTS
                    || (address.getScheme().equals("https") && !"https".equals(next.getScheme()))) {
                throw new IOException(address.getHost() + " sends on to where nobody should follow: " + next.getHost());
            }
            boolean same = address.resolve("/").equals(next.resolve("/"));
            answer = sent(method, next, headers, same ? authorization : Optional.empty());
        }
        return answer;
    }

    private static URI next(HttpResponse<InputStream> answer) throws IOException {
        String location = answer.headers().firstValue("Location").orElse("");
        try {
            return answer.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("no address to be sent on to: " + location, e);
        }
    }

    private HttpResponse<InputStream> sent(
            String method, URI address, Map<String, List<String>> headers, Optional<String> authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(ANSWER).method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
