package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The log-ins that {@code docker login} left on this machine: in its config.json, or with the credential helpers that it
 * names (docs.docker.com, "docker login", credential stores).
 */
public final class DockerLogins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HELPER = Duration.ofSeconds(20);

    private final Path file;
    private final CommandRunner commands;

    /** Those of a configuration file, which need not exist. */
    public DockerLogins(Path file, CommandRunner commands) {
        this.file = requireNonNull(file, "file is null");
        this.commands = requireNonNull(commands, "commands is null");
    }

    /** Those of whoever runs this: in {@code DOCKER_CONFIG}, or else in the home directory. */
    public static DockerLogins ofThisMachine(CommandRunner commands) {
        Path directory = Optional.ofNullable(System.getenv("DOCKER_CONFIG"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".docker"));
        return new DockerLogins(directory.resolve("config.json"), commands);
    }

    /** The log-in for a registry; empty when there is none. Throws a Failure when it can't be read. */
    public Optional<Login> of(String registry) throws InterruptedException {
        JsonNode config = read();
        Optional<String> helper = helper(config, registry);
        return helper.isPresent() ? ask(helper.get(), registry) : written(config, registry);
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
                            "Mend it, or run 'docker login' again."),
                    e);
        }
    }

    private static Optional<String> helper(JsonNode config, String registry) {
        return text(config.path("credHelpers").path(registry)).or(() -> text(config.path("credsStore")));
    }

    private Optional<Login> written(JsonNode config, String registry) {
        JsonNode entries = config.path("auths");
        // Old versions of Docker wrote the address instead of the name.
        return text(entries.path(registry).path("auth"))
                .or(() -> text(entries.path("https://" + registry).path("auth")))
                .map(auth -> decoded(auth, registry));
    }

    private Login decoded(String auth, String registry) {
        try {
            return Login.decoded(auth);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "docker-config",
                            "the log-in for " + registry + " in " + file + " is not one",
                            "Run 'docker login " + registry + "' again."),
                    e);
        }
    }

    private Optional<Login> ask(String helper, String registry) throws InterruptedException {
        CommandResult answer = commands.run(Command.of("docker-credential-" + helper, "get")
                .reading(registry)
                .within(HELPER));
        if (!answer.succeeded()) {
            if (answer.output().contains("credentials not found")) {
                return Optional.empty();
            }
            throw unusable(helper, registry, answer.output().strip());
        }
        try {
            JsonNode login = JSON.readTree(answer.output());
            return Optional.of(new Login(
                    text(login.path("Username")).orElse(""),
                    Secret.of(text(login.path("Secret")).orElse(""))));
        } catch (JacksonException e) {
            throw unusable(helper, registry, "its answer is not JSON");
        }
    }

    private static Failure unusable(String helper, String registry, String detail) {
        return Failure.of(Diagnostic.of(
                        "docker-credentials",
                        "docker-credential-" + helper + " does not give the log-in for " + registry,
                        "Run 'docker login " + registry + "' again.")
                .withDetail(detail));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asString("")).filter(text -> !text.isEmpty());
    }
}
