package org.meridian.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;

/** The dashboard with a certificate and a key in PEM files, which the JDK's keytool makes. */
final class TlsTest {
    private static final String PASSWORD = "changeit";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private KeyStore made;

    @SuppressWarnings("NullAway.Init")
    private DashboardSettings.Tls files;

    @BeforeEach
    void make_a_certificate() throws Exception {
        Path store = directory.resolve("made.p12");
        keytool(store);
        made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD.toCharArray());
        }
        files = new DashboardSettings.Tls(
                pem("certificate", "CERTIFICATE", made.getCertificate("it").getEncoded()),
                pem(
                        "key",
                        "PRIVATE KEY",
                        made.getKey("it", PASSWORD.toCharArray()).getEncoded()));
    }

    @Test
    void it_serves_with_the_certificate_and_clients_that_do_not_trust_it_stay_away() throws Exception {
        try (Stage stage = with(files)) {
            URI address = stage.address();
            assertThat(address.getScheme()).isEqualTo("https");

            Client client = new Client(trusting(), address, Stage.OPERATOR);
            assertThat(client.json("/api/session").path("role").asString()).isEqualTo("operator");

            Client stranger = new Client(address, Stage.OPERATOR);
            assertThatThrownBy(() -> stranger.json("/api/session")).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void the_cookie_goes_over_tls_only() throws Exception {
        try (Stage stage = with(files)) {
            Client client = new Client(trusting(), stage.address(), "");
            var response = client.post("/api/login", "{\"token\":\"" + Stage.OPERATOR + "\"}");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
        }
    }

    @Test
    void plain_http_gets_no_answer_there() throws Exception {
        try (Stage stage = with(files)) {
            String authority = stage.address().getAuthority();
            String answer;
            try {
                answer = RawHttp.send(stage.address(), "GET /login HTTP/1.1", "Host: " + authority);
            } catch (SocketException reset) {
                answer = "";
            }
            assertThat(answer).doesNotContain("HTTP/").doesNotContain("Meridian");
        }
    }

    @Test
    void a_key_file_without_a_key_is_told_with_what_to_do() throws Exception {
        Path key = Files.writeString(directory.resolve("broken.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");
        assertUnusable(new DashboardSettings.Tls(files.certificates(), key), "broken.pem", "BEGIN PRIVATE KEY");
    }

    @Test
    void a_key_that_is_damaged_is_told_with_its_file() throws Exception {
        Path key = pem("damaged", "PRIVATE KEY", new byte[] {1, 2, 3});
        assertUnusable(new DashboardSettings.Tls(files.certificates(), key), "damaged.pem", "none of");
    }

    @Test
    void files_that_are_not_there_and_certificates_that_are_none_are_told_with_their_names() throws Exception {
        Path nowhere = directory.resolve("nowhere.pem");
        assertUnusable(new DashboardSettings.Tls(files.certificates(), nowhere), "nowhere.pem", "TLS does not work");
        Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
        assertUnusable(new DashboardSettings.Tls(text, files.key()), "text.pem", "TLS does not work");
    }

    private static void assertUnusable(DashboardSettings.Tls tls, String file, String why) {
        assertThatThrownBy(() -> with(tls).close()).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure.diagnostic().code()).isEqualTo("bad-tls-files");
            assertThat(failure.diagnostic().summary()).contains(file).contains(why);
            assertThat(failure.diagnostic().suggestion()).contains("openssl pkcs8");
        });
    }

    private static Stage with(DashboardSettings.Tls tls) throws Exception {
        return Stage.with(settings -> new DashboardSettings(
                settings.listen(),
                settings.port(),
                settings.names(),
                Optional.of(tls),
                settings.proxy(),
                settings.proxiedRole(),
                settings.tokens()));
    }

    private HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", made.getCertificate("it"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).connectTimeout(LIMIT).build();
    }

    private Path pem(String name, String what, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private static void keytool(Path store) throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(("-genkeypair -alias it -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost"
                        + " -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12 -storepass " + PASSWORD)
                .split(" ")));
        command.addAll(List.of("-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
