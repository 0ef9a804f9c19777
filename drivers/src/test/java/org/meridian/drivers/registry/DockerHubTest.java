package org.meridian.drivers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Secret;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.command.LocalProcesses;

/** Images that name no registry, and every way in which {@code docker login} keeps a login. */
final class DockerHubTest {
    private static final String AUTH = "Ym9iOnB3";
    private static final String REFRESH = "refresh+me/please=";
    private static final CommandRunner NO_COMMAND = command -> {
        throw new AssertionError("no command was expected: " + command);
    };

    private final Path config;
    private final TokenRegistry hub;

    DockerHubTest(@TempDir Path directory) throws IOException {
        this.config = directory.resolve("config.json");
        this.hub = new TokenRegistry("Basic " + AUTH, REFRESH, true);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void docker_hubs_api_is_not_at_docker_io() {
        Registry registry = Registry.of(ImageReference.parse("docker.io/library/redis:7-alpine"));

        assertThat(registry.api()).isEqualTo(URI.create("https://registry-1.docker.io"));
    }

    @ParameterizedTest
    @CsvSource({
        "redis:7-alpine, library/redis, 7-alpine",
        "user/app:1, user/app, 1",
        "docker.io/library/redis, library/redis, latest",
        "index.docker.io/user/app:2, user/app, 2"
    })
    void an_image_without_a_registry_is_asked_for_at_docker_hub(String image, String path, String version)
            throws Exception {
        ImageReference reference = ImageReference.parse(image);

        assertThat(resolve(image)).isEqualTo(reference.withDigest(TokenRegistry.DIGEST));
        assertThat(hub.requests)
                .containsExactly(
                        "HEAD /v2/" + path + "/manifests/" + version + " nobody",
                        "GET /auth/token nobody",
                        "HEAD /v2/" + path + "/manifests/" + version + " Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://index.docker.io/v1/", "index.docker.io", "docker.io"})
    void the_login_that_docker_login_left_for_docker_hub_is_found(String name) throws Exception {
        Files.writeString(config, "{\"auths\":{\"" + name + "\":{\"auth\":\"" + AUTH + "\"},\"other\":{}}}");

        assertThat(resolve("user/app:1").digest()).contains(TokenRegistry.DIGEST);
        assertThat(hub.requests).contains("GET /auth/token Basic");
        assertThat(logins(NO_COMMAND).entries(Set.of("docker.io", "ghcr.io")))
                .isEqualTo(Map.of("https://index.docker.io/v1/", Secret.of("{\"auth\":\"" + AUTH + "\"}")));
    }

    @Test
    void an_identity_token_is_exchanged_for_a_token_and_goes_to_servers_as_it_is() throws Exception {
        Files.writeString(
                config,
                "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"Ym9iOg==\",\"identitytoken\":\"" + REFRESH
                        + "\"}}}");

        assertThat(resolve("user/app:1").digest()).contains(TokenRegistry.DIGEST);
        assertThat(hub.requests).contains("POST /auth/token nobody");
        assertThat(logins(NO_COMMAND).entries(Set.of("docker.io")).values())
                .singleElement()
                .satisfies(entry -> assertThat(entry.reveal()).contains("\"identitytoken\":\"" + REFRESH + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credsStore\":\"vault\",\"auths\":{\"https://index.docker.io/v1/\":{}}}",
                "{\"credHelpers\":{\"https://index.docker.io/v1/\":\"vault\"}}",
                "{\"credHelpers\":{\"docker.io\":\"vault\"},\"credsStore\":\"none\"}"
            })
    void a_credential_helper_is_asked_by_the_name_that_it_has_the_login_under(String text) throws Exception {
        Files.writeString(config, text);
        List<String> asked = new ArrayList<>();
        CommandRunner helper = command -> {
            asked.add(command.argv() + " " + command.input().orElseThrow().reveal());
            return new CommandResult(command, 0, "{\"Username\":\"<token>\",\"Secret\":\"" + REFRESH + "\"}", "");
        };

        assertThat(resolve("user/app:1", helper).digest()).contains(TokenRegistry.DIGEST);
        assertThat(asked).containsOnly("[docker-credential-vault, get] https://index.docker.io/v1/");
        assertThat(hub.requests).contains("POST /auth/token nobody");
    }

    @Test
    void a_credential_helper_that_hangs_has_a_limit_and_is_named(@TempDir Path directory) throws Exception {
        Files.writeString(config, "{\"credsStore\":\"hangs\"}");
        Path helper = Files.writeString(directory.resolve("helper"), "#!/bin/sh\nexec sleep 3600\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        CommandRunner hanging = command ->
                new LocalProcesses().run(Command.of(helper.toString()).within(command.timeout()));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> new DockerLogins(config, hanging, Duration.ofMillis(200))
                        .entries(Set.of("ghcr.io")));

        assertThat(failure).hasMessageContaining("docker-credential-hangs does not give the login for ghcr.io");
        assertThat(failure.diagnostic().detail()).contains("did not end within");
    }

    @Test
    void a_helper_without_the_login_means_nobody() throws Exception {
        Files.writeString(config, "{\"credsStore\":\"vault\"}");
        CommandRunner helper = command -> new CommandResult(command, 1, "credentials not found in native keychain", "");

        assertThat(resolve("redis:7", helper).digest()).contains(TokenRegistry.DIGEST);
    }

    @Test
    void what_docker_hub_does_not_show_says_how_to_log_in_and_how_to_name_another_registry() throws Exception {
        hub.answer(401);

        Failure failure = catchThrowableOfType(Failure.class, () -> resolve("journal:v1"));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessage("Docker Hub does not let this machine read journal:v1, or has no such image");
        assertThat(failure.diagnostic().suggestion())
                .startsWith("Run 'docker login' with")
                .contains("registry.example.com/...");
    }

    @Test
    void the_limit_for_who_is_not_logged_in_is_named_as_such() {
        hub.answer(429);

        Failure failure = catchThrowableOfType(Failure.class, () -> resolve("redis:7"));

        assertThat(failure).hasMessageContaining("the limit for addresses without a login is reached");
        assertThat(failure.diagnostic().suggestion()).contains("Run 'docker login'");
    }

    @Test
    void a_limit_on_tokens_is_one_too() {
        hub.answerTokens(429);

        assertThat(catchThrowableOfType(Failure.class, () -> resolve("redis:7")))
                .hasMessageContaining("limit for addresses without a login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tokens.example.com/", "ftp://127.0.0.1/", "https://a b/", "//127.0.0.1/", ""})
    void a_password_is_sent_to_no_place_in_clear_that_a_registry_names(String realm) {
        assertThat(Challenge.parse("Bearer realm=\"" + realm + "\"").realm()).isEmpty();
    }

    private ImageReference resolve(String image) throws InterruptedException {
        return resolve(image, NO_COMMAND);
    }

    private ImageReference resolve(String image, CommandRunner commands) throws InterruptedException {
        try (OciRegistry registry = new OciRegistry(logins(commands), Optional.empty(), any -> hub.address())) {
            return registry.resolve(ImageReference.parse(image));
        }
    }

    private DockerLogins logins(CommandRunner commands) {
        return new DockerLogins(config, commands);
    }
}
