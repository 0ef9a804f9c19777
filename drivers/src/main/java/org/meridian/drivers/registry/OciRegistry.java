package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImageReference;
import org.meridian.core.spi.ImageRegistry;

/** Registries that servers pull from, Docker Hub among them: asked for the digest behind a tag. */
public final class OciRegistry implements ImageRegistry, AutoCloseable {
    private final DockerLogins logins;
    private final Function<Registry, URI> api;
    private final UnaryOperator<ImageReference> askedAs;
    private final RegistryHttp http = new RegistryHttp();

    /** Registries, with the logins of this machine; Docker Hub through a mirror, where there is one. */
    public OciRegistry(DockerLogins logins, Optional<ImageMirror> mirror) {
        this(logins, mirror, Registry::api);
    }

    /** The same, each registry's API at another address. */
    OciRegistry(DockerLogins logins, Optional<ImageMirror> mirror, Function<Registry, URI> api) {
        this.askedAs = ImageMirror.through(mirror);
        this.logins = requireNonNull(logins, "logins is null");
        this.api = requireNonNull(api, "api is null");
    }

    @Override
    public ImageReference resolve(ImageReference image) throws InterruptedException {
        if (image.digest().isPresent()) {
            // There is nothing to find out; that it is there, whoever pulls it finds.
            return image.withDigest(image.digest().get());
        }
        ImageReference asked = askedAs.apply(image);
        Registry registry = Registry.of(asked);
        Answer answer = ask(asked, registry);
        return switch (answer.response().statusCode()) {
            case 200 -> image.withDigest(digest(answer.response(), asked));
            case 404 -> throw RegistryFailures.noSuchImage(asked, registry);
            case 401, 403 -> throw RegistryFailures.refused(asked, registry, answer.loggedIn());
            case 429 -> throw RegistryFailures.limited(registry, answer.loggedIn(), answer.response());
            default -> throw RegistryFailures.unexpected(registry, answer.response());
        };
    }

    /**
     * What a registry says of an image.
     *
     * @param response its response
     * @param loggedIn whether it was asked with a login
     */
    private record Answer(HttpResponse<String> response, boolean loggedIn) {}

    @Override
    public void close() {
        http.close();
    }

    private Answer ask(ImageReference image, Registry registry) throws InterruptedException {
        URI manifest = URI.create(api.apply(registry) + "/v2/" + image.path() + "/manifests/"
                + image.tag().orElse("latest"));
        HttpResponse<String> answer = http.head(manifest, Optional.empty(), registry);
        Optional<Challenge> challenge = Challenge.of(answer.headers().allValues("WWW-Authenticate"));
        if (answer.statusCode() != 401 || challenge.isEmpty()) {
            return new Answer(answer, false);
        }
        Optional<Login> login = logins.of(registry);
        return new Answer(ask(image, registry, manifest, challenge.get(), login).orElse(answer), login.isPresent());
    }

    /** Asks again with what the registry wants; empty where there is nothing of that. */
    private Optional<HttpResponse<String>> ask(
            ImageReference image, Registry registry, URI manifest, Challenge challenge, Optional<Login> login)
            throws InterruptedException {
        Optional<URI> realm = challenge.realm();
        if (realm.isPresent()) {
            String token = http.token(realm.get(), challenge.query(image.path()), login, registry);
            return Optional.of(http.head(manifest, Optional.of("Bearer " + token), registry));
        }
        return challenge.scheme().equals("basic") && login.orElse(null) instanceof Login.Password password
                ? Optional.of(http.head(manifest, Optional.of(RegistryHttp.basic(password)), registry))
                : Optional.empty();
    }

    private static String digest(HttpResponse<String> answer, ImageReference image) {
        return answer.headers()
                .firstValue("Docker-Content-Digest")
                .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                .orElseThrow(
                        () -> Failure.of(
                                Diagnostic.of(
                                        "registry-answer",
                                        "the registry does not tell the digest of " + image,
                                        "Name the image by digest, as 'docker buildx imagetools inspect' or 'meridian build' prints it.")));
    }
}
