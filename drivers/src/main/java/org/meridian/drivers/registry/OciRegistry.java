package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.spi.ImageRegistry;

/** Registries that servers pull from, each named in front of the image: asked for the digest behind a tag. */
public final class OciRegistry implements ImageRegistry, AutoCloseable {
    private final DockerLogins logins;
    private final RegistryHttp http = new RegistryHttp();

    /** Registries, with the log-ins of this machine. */
    public OciRegistry(DockerLogins logins) {
        this.logins = requireNonNull(logins, "logins is null");
    }

    @Override
    public ImageReference resolve(ImageReference image) throws InterruptedException {
        String registry = host(image);
        if (image.digest().isPresent()) {
            // There is nothing to find out; that it is there, whoever pulls it finds.
            return image.withDigest(image.digest().get());
        }
        String repository = image.repository().substring(registry.length() + 1);
        String version = image.tag().orElse("latest");
        URI manifest = URI.create(base(registry) + "/v2/" + repository + "/manifests/" + version);
        HttpResponse<String> answer = ask(manifest, registry, repository);
        return switch (answer.statusCode()) {
            case 200 -> image.withDigest(digest(answer, image));
            case 404 -> throw noSuchImage(image, registry);
            case 401, 403 -> throw refused(image, registry);
            default -> throw unexpected(registry, answer);
        };
    }

    /** The registry that an image names; throws a Failure of kind USAGE when it names none. */
    public static String host(ImageReference image) {
        String repository = image.repository();
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return first;
        }
        throw Failure.usage(Diagnostic.of(
                "image-without-registry",
                "the image " + image + " does not say which registry servers shall pull it from",
                "Write it in front, as in 'image: registry.example.com/" + repository + "'."));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> ask(URI manifest, String registry, String repository) throws InterruptedException {
        HttpResponse<String> answer = http.head(manifest, Optional.empty());
        Optional<String> asked = answer.headers().firstValue("WWW-Authenticate");
        if (answer.statusCode() != 401 || asked.isEmpty()) {
            return answer;
        }
        Challenge challenge = Challenge.parse(asked.get());
        Optional<Login> login = logins.of(registry);
        Optional<URI> tokens = challenge.tokenAddress(repository);
        if (tokens.isPresent()) {
            return http.head(manifest, Optional.of("Bearer " + http.token(tokens.get(), login, registry)));
        }
        return login.isPresent() && challenge.scheme().equals("basic")
                ? http.head(manifest, login.map(RegistryHttp::basic))
                : answer;
    }

    /** Docker too speaks plain HTTP with what is on this machine alone. */
    private static String base(String registry) {
        boolean here = registry.matches("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");
        return (here ? "http://" : "https://") + registry;
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

    private static Failure noSuchImage(ImageReference image, String registry) {
        return Failure.usage(Diagnostic.of(
                "no-such-image",
                registry + " has no image " + image,
                "Build and push it with 'meridian build', or name another with --tag or --image."));
    }

    private static Failure refused(ImageReference image, String registry) {
        return Failure.usage(Diagnostic.of(
                "registry-refused",
                registry + " does not let this machine read " + image + ", or has no such image",
                "Run 'docker login " + registry + "' with a user who may pull it."));
    }

    private static Failure unexpected(String registry, HttpResponse<String> answer) {
        String when = answer.headers()
                .firstValue("Retry-After")
                .map(seconds -> " It asks to wait for " + seconds + " s.")
                .orElse("");
        return Failure.of(Diagnostic.of(
                "registry-answer",
                registry + " answers with HTTP " + answer.statusCode(),
                "Nothing was changed; run the command again later." + when));
    }
}
