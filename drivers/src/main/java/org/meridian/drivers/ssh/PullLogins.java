package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The logins for what images come from. */
final class PullLogins {
    private static final JsonMapper JSON = new JsonMapper();
    /** What registries and Docker say when nobody is let in. */
    private static final Pattern REFUSED = Pattern.compile(
            "unauthorized|authentication required|no basic auth credentials|access denied|denied: ",
            Pattern.CASE_INSENSITIVE);

    private final RegistryLogins logins;

    PullLogins(RegistryLogins logins) {
        this.logins = requireNonNull(logins, "logins is null");
    }

    /** Those of the deployer that serve for the registries that a server itself pulls these images from. */
    Map<String, Secret> of(Collection<ImageReference> images) throws InterruptedException {
        Set<String> names = registries(images);
        return names.isEmpty() ? Map.of() : logins.of(names);
    }

    private static Set<String> registries(Collection<ImageReference> images) {
        return images.stream()
                .filter(image -> !PushedImage.is(image))
                .map(ImageReference::registry)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Docker's config.json with these logins (docs.docker.com, "docker login"). */
    static Secret config(Map<String, Secret> logins) {
        ObjectNode config = JSON.createObjectNode();
        ObjectNode auths = config.putObject("auths");
        logins.forEach((registry, entry) -> auths.set(registry, JSON.readTree(entry.reveal())));
        return Secret.of(config.toString());
    }

    static boolean refused(String errors) {
        return REFUSED.matcher(errors).find();
    }

    /** A registry did not let the server in, with or without a login. */
    static Failure notLetIn(
            Server server, ReleaseId release, Collection<ImageReference> images, Set<String> used, String detail) {
        String registry = meant(registries(images), detail);
        String why = used.stream().anyMatch(name -> name.contains(registry))
                ? " does not take the login of this machine for it"
                : " wants a login, and this machine has none for it";
        return Failure.of(Diagnostic.of(
                        "registry-login",
                        server.name() + " may not pull release " + release + ": " + registry + why,
                        "Run '" + command(registry) + "' here with a user who may pull the images, then deploy again.")
                .withDetail(detail));
    }

    /** A registry has had enough of the server's address, or of the user (docs.docker.com, "usage and limits"). */
    static Failure limited(Server server, ReleaseId release, Set<String> used, String detail) {
        String advice = used.isEmpty()
                ? "Run 'docker login' here: the limit for users is higher. Then deploy again."
                : "Wait until the limit has passed, then deploy again.";
        return Failure.of(Diagnostic.of(
                        "registry-limit",
                        server.name() + " may not pull release " + release
                                + " for now: a registry's limit for pulls is reached",
                        advice)
                .withDetail(detail));
    }

    static boolean overLimit(String errors) {
        return errors.contains("toomanyrequests") || errors.contains("429 Too Many Requests");
    }

    /** The registry that an error is about; the engine leaves Docker Hub's name out. */
    private static String meant(Set<String> all, String detail) {
        return all.stream()
                .filter(detail::contains)
                .findFirst()
                .or(() -> all.stream().filter(ImageReference.DOCKER_HUB::equals).findFirst())
                .or(() -> all.stream().findFirst())
                .orElse("the registry");
    }

    private static String command(String registry) {
        return registry.equals(ImageReference.DOCKER_HUB) ? "docker login" : "docker login " + registry;
    }
}
