package org.meridian.drivers.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A program that keeps logins for Docker: it reads a registry's name on standard input and answers with JSON
 * (github.com/docker/docker-credential-helpers, "development").
 */
final class CredentialProgram {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_FOUND = "credentials not found";

    private final String program;
    private final CommandRunner commands;
    private final Duration limit;

    /** The helper of this name, such as {@code pass}; {@code limit} is for one answer. */
    CredentialProgram(String name, CommandRunner commands, Duration limit) {
        this.program = "docker-credential-" + requireNonNull(name, "name is null");
        this.commands = requireNonNull(commands, "commands is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /** The login for a registry; empty when the helper has none. */
    Optional<Login> login(Registry registry) throws InterruptedException {
        CommandResult answer = ask(registry);
        if (!answer.succeeded()) {
            if ((answer.output() + answer.errors()).contains(NOT_FOUND)) {
                return Optional.empty();
            }
            throw unusable(registry, (answer.output() + answer.errors()).strip());
        }
        return Optional.of(read(answer.output(), registry));
    }

    private CommandResult ask(Registry registry) throws InterruptedException {
        try {
            return commands.run(
                    Command.of(program, "get").reading(registry.loginName()).within(limit));
        } catch (Failure e) {
            throw unusable(registry, e.diagnostic().summary());
        }
    }

    private Login read(String answer, Registry registry) {
        try {
            JsonNode json = JSON.readTree(answer);
            String user = json.path("Username").asString("");
            Secret secret = Secret.of(json.path("Secret").asString(""));
            return user.equals(Login.Identity.USER) ? new Login.Identity(secret) : new Login.Password(user, secret);
        } catch (JacksonException e) {
            throw unusable(registry, "its answer is not JSON");
        }
    }

    private Failure unusable(Registry registry, String detail) {
        return Failure.of(Diagnostic.of(
                        "docker-credentials",
                        program + " does not give the login for " + registry,
                        "Run '" + registry.loginCommand() + "' again, and see that 'echo " + registry.loginName()
                                + " | " + program + " get' answers.")
                .withDetail(detail));
    }
}
