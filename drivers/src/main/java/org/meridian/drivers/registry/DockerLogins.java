package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.CommandRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The logins that {@code docker login} left on this machine: in its config.json, or with the credential helpers that it
 * names (docs.docker.com, "docker login", credential stores).
 */
public final class DockerLogins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HELPER = Duration.ofSeconds(20);

    private final Path file;
    private final CommandRunner commands;
    private final Duration limit;

    /** Those of a configuration file, which need not exist. */
    public DockerLogins(Path file, CommandRunner commands) {
        this(file, commands, HELPER);
    }

    /** The same, with this limit for each answer of a credential helper. */
    DockerLogins(Path file, CommandRunner commands, Duration limit) {
        this.file = requireNonNull(file, "file is null");
        this.commands = requireNonNull(commands, "commands is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /** Those of whoever runs this: in {@code DOCKER_CONFIG}, or else in the home directory. */
    public static DockerLogins ofThisMachine(CommandRunner commands) {
        Path directory = Optional.ofNullable(System.getenv("DOCKER_CONFIG"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".docker"));
        return new DockerLogins(directory.resolve("config.json"), commands);
    }

    /** The login for a registry; empty when there is none. Throws a Failure when it can't be read. */
    Optional<Login> of(Registry registry) throws InterruptedException {
        JsonNode config = read();
        Optional<String> helper = helper(config, registry);
        return helper.isPresent()
                ? new CredentialProgram(helper.get(), commands, limit).login(registry)
                : written(config, registry);
    }

    /** The entries for those of these registries that have one, each under the name that Docker looks for. */
    public Map<String, Secret> entries(Set<String> registries) throws InterruptedException {
        Map<String, Secret> found = new HashMap<>();
        for (String name : registries) {
            Registry registry = new Registry(name);
            of(registry).ifPresent(login -> found.put(registry.loginName(), login.entry()));
        }
        return found;
    }

    private JsonNode read() {
        try {
            return Files.exists(file)
                    ? JSON.readTree(BoundedFile.text(file, BoundedFile.MEGABYTE))
                    : JSON.createObjectNode();
        } catch (IOException | JacksonException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "docker-config",
                            "Docker's configuration " + file + " can't be read",
                            "Fix it, or run 'docker login' again."),
                    e);
        }
    }

    private static Optional<String> helper(JsonNode config, Registry registry) {
        JsonNode helpers = config.path("credHelpers");
        return registry.loginNames().stream()
                .flatMap(name -> text(helpers.path(name)).stream())
                .findFirst()
                .or(() -> text(config.path("credsStore")));
    }

    private Optional<Login> written(JsonNode config, Registry registry) {
        JsonNode entries = config.path("auths");
        return registry.loginNames().stream()
                .map(entries::path)
                .filter(entry -> entry.isObject() && !entry.isEmpty())
                .findFirst()
                .flatMap(entry -> login(entry, registry));
    }

    private Optional<Login> login(JsonNode entry, Registry registry) {
        Optional<String> identity = text(entry.path("identitytoken"));
        return identity.isPresent()
                ? identity.map(token -> new Login.Identity(Secret.of(token)))
                : text(entry.path("auth")).map(auth -> decoded(auth, registry));
    }

    private Login decoded(String auth, Registry registry) {
        try {
            return Login.decoded(auth);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "docker-config",
                            "the login for " + registry + " in " + file + " is not one",
                            "Run '" + registry.loginCommand() + "' again."),
                    e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(text -> !text.isEmpty());
    }
}
