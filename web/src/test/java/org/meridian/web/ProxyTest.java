package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.web.security.ProxySecretFile;
import org.meridian.web.security.Role;
import org.meridian.web.security.TrustedProxy;

/** A proxy that says who people are. */
final class ProxyTest {
    private static final String SECRET = "p".repeat(40);
    private static final String USER = "X-Forwarded-User";

    @Test
    void a_proxy_on_this_machine_whom_every_local_user_could_play_is_not_trusted_without_a_secret() throws Exception {
        for (String own : new String[] {"127.0.0.1", "127.0.0.9", "::1"}) {
            assertThatThrownBy(() -> new TrustedProxy(USER, InetAddress.ofLiteral(own), Optional.empty()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("every user of it could say to be the proxy")
                    .satisfies(e ->
                            assertThat(((Failure) e).diagnostic().suggestion()).contains("--trusted-proxy-secret"));
        }
        assertThat(new TrustedProxy(USER, InetAddress.ofLiteral("192.0.2.7"), Optional.empty()).secret())
                .isEmpty();
    }

    @Test
    void who_has_the_secret_says_who_people_are_and_nobody_else_does() throws Exception {
        TrustedProxy proxy = new TrustedProxy(USER, InetAddress.getLoopbackAddress(), Optional.of(Secret.of(SECRET)));
        try (Stage proxied = Stage.with(settings -> behind(settings, proxy, Role.VIEWER))) {
            Client client = proxied.client("");
            assertThat(client.get("/api/session", USER, "alice@example.com", TrustedProxy.PROOF, SECRET)
                            .body())
                    .contains("\"who\":\"alice@example.com\"", "\"role\":\"viewer\"");
            assertThat(client.get("/api/session", TrustedProxy.PROOF, SECRET).statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/api/session", USER, "mallory").statusCode())
                    .as("another user of this machine")
                    .isEqualTo(401);
            assertThat(client.get("/api/session", USER, "mallory", TrustedProxy.PROOF, "p".repeat(39))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/api/session", USER, "mallory", TrustedProxy.PROOF, SECRET, TrustedProxy.PROOF, "x")
                            .statusCode())
                    .as("a secret beside the proxy's")
                    .isEqualTo(401);
            assertThat(client.get("/api/session", USER, "alice", USER, "root", TrustedProxy.PROOF, SECRET)
                            .statusCode())
                    .as("a client's header beside the proxy's")
                    .isEqualTo(401);
        }
        TrustedProxy elsewhere =
                new TrustedProxy(USER, InetAddress.ofLiteral("127.0.0.9"), Optional.of(Secret.of(SECRET)));
        try (Stage proxied = Stage.with(settings -> behind(settings, elsewhere, Role.OPERATOR))) {
            assertThat(proxied.client("")
                            .get("/api/session", USER, "mallory", TrustedProxy.PROOF, SECRET)
                            .statusCode())
                    .as("the secret from another address")
                    .isEqualTo(401);
        }
    }

    @Test
    void a_secret_that_everybody_may_read_or_guess_is_none(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(ProxySecretFile.read(file)).isEqualTo(Secret.of(SECRET));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> ProxySecretFile.read(file)).hasMessageContaining("may be read by everybody");
        Path shortOne = Files.writeString(directory.resolve("short"), "secret");
        Files.setPosixFilePermissions(shortOne, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> ProxySecretFile.read(shortOne)).hasMessageContaining("holds no secret");
        assertThatThrownBy(() -> ProxySecretFile.read(directory.resolve("nowhere")))
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> ProxySecretFile.read(Path.of("/dev/zero"))).hasMessageContaining("/dev/zero");
    }

    private static DashboardSettings behind(DashboardSettings settings, TrustedProxy proxy, Role role) {
        return new DashboardSettings(
                settings.listen(), 0, Set.of(), Optional.empty(), Optional.of(proxy), role, settings.tokens());
    }
}
