package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Release;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Secret;
import org.meridian.core.model.Server;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The log-ins for what a release's images come from; remembers from where, since a pull names only the release. */
final class PullLogins {
    private static final JsonMapper JSON = new JsonMapper();
    /** What registries and Docker say when nobody is let in. */
    private static final Pattern REFUSED = Pattern.compile(
            "unauthorized|authentication required|no basic auth credentials|access denied|denied: ",
            Pattern.CASE_INSENSITIVE);

    private final RegistryLogins logins;
    private final Map<ReleaseId, Set<String>> registries = new ConcurrentHashMap<>();

    PullLogins(RegistryLogins logins) {
        this.logins = requireNonNull(logins, "logins is null");
    }

    void remember(Release release) {
        registries.put(
                release.id(),
                release.content().images().values().stream()
                        .map(PullLogins::registry)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Those of the deployer that serve for a release. */
    Map<String, Secret> of(ReleaseId release) throws InterruptedException {
        Set<String> names = registries.getOrDefault(release, Set.of());
        return names.isEmpty() ? Map.of() : logins.of(names);
    }

    /** Docker's config.json with these log-ins (docs.docker.com, "docker login"). */
    static Secret config(Map<String, Secret> logins) {
        ObjectNode config = JSON.createObjectNode();
        ObjectNode auths = config.putObject("auths");
        logins.forEach((registry, auth) -> auths.putObject(registry).put("auth", auth.reveal()));
        return Secret.of(config.toString());
    }

    static boolean refused(String errors) {
        return REFUSED.matcher(errors).find();
    }

    /** A registry did not let the server in, with or without a log-in. */
    Failure notLetIn(Server server, ReleaseId release, Set<String> used, String detail) {
        Set<String> all = registries.getOrDefault(release, Set.of());
        String named = all.stream().filter(detail::contains).findFirst().orElse(String.join(", ", all));
        String registry = named.isEmpty() ? "the registry" : named;
        String why = used.contains(named)
                ? " does not take the log-in of this machine for it"
                : " wants a log-in, and this machine has none for it";
        return Failure.of(Diagnostic.of(
                        "registry-login",
                        server.name() + " may not pull release " + release + ": " + registry + why,
                        "Run 'docker login " + registry
                                + "' here with a user who may pull the images, then deploy again.")
                .withDetail(detail));
    }

    /** The registry that an image names; empty where it names none. */
    private static String registry(ImageReference image) {
        String repository = image.repository();
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "";
    }
}
