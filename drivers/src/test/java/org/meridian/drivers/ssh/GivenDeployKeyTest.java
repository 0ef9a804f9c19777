package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.model.Secret;

/** A deploy key as CI systems and secret stores hold it. */
final class GivenDeployKeyTest {
    private static final Location WHERE = new Location("meridian.yml", 7, 15);

    private final Path directory;
    private String publicKey = "";
    private String text = "";

    GivenDeployKeyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void aKeyFile() throws Exception {
        publicKey = new PersonalSetup(directory).key("deploy");
        text = Files.readString(directory.resolve("deploy"));
    }

    @Test
    void a_key_is_read_however_a_ci_system_stored_its_lines() {
        Map<String, String> stored = Map.of(
                "as it is", text,
                "without the last newline", text.strip(),
                "CRLF", text.replace("\n", "\r\n"),
                "CR", text.replace("\n", "\r"),
                "escaped newlines", text.replace("\n", "\\n"),
                "escaped CRLF", text.replace("\n", "\\r\\n"),
                "one line with blanks", text.replace("\n", " "),
                "quoted", "\"" + text.replace("\n", "\\n") + "\"",
                "indented", text.indent(4),
                "after a byte order mark", "\uFEFF" + text);

        stored.forEach(
                (how, value) -> assertThat(key(value).publicKey()).as(how).isEqualTo(publicKey));
    }

    @Test
    void an_rsa_key_in_pem_form_is_read_too() throws Exception {
        String rsa = new PersonalSetup(directory).rsaKey("rsa");
        Process unused = new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-p",
                        "-m",
                        "PEM",
                        "-N",
                        "",
                        "-f",
                        directory.resolve("rsa").toString())
                .start();
        assertThat(unused.waitFor()).isZero();

        assertThat(key(Files.readString(directory.resolve("rsa")).replace("\n", "\\n"))
                        .publicKey())
                .isEqualTo(rsa);
    }

    @Test
    void the_host_keys_that_are_worked_out_do_not_depend_on_how_the_lines_were_stored() {
        assertThat(new DerivedHostKeys(key(text.replace("\n", "\\r\\n"))).publicKey("a"))
                .isEqualTo(new DerivedHostKeys(key(text)).publicKey("a"));
    }

    @Test
    void what_is_no_private_key_is_refused_at_its_place_and_not_repeated() throws Exception {
        new PersonalSetup(directory).lockedKey("locked", "hunter2");
        String locked = Files.readString(directory.resolve("locked"));

        refuses(publicKey, "it is the public key");
        refuses(publicKey + " ann@laptop", "it is the public key");
        refuses("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n", "it is the public key");
        refuses(locked, "it has a passphrase");
        refuses(locked.replace("\n", "\\n"), "it has a passphrase");
        refuses(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEow\n-----END RSA PRIVATE KEY-----\n",
                "it has a passphrase");
        refuses("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", "it is a key in PuTTY's form");
        refuses(text.substring(0, text.length() / 2), "there is no private key in it, or it is cut off");
        refuses("hunter2", "there is no private key in it");
        refuses("  \n", "it is empty");
        refuses(text.replaceAll("(?m)^[A-Za-z0-9+/].{30}", "AAAA"), "it is damaged");
    }

    @Test
    void the_secret_is_fetched_when_it_is_needed_and_once() {
        AtomicInteger fetched = new AtomicInteger();
        GivenDeployKey key = new GivenDeployKey("env:KEY", Optional.of(WHERE), () -> {
            fetched.incrementAndGet();
            return Secret.of(text);
        });

        assertThat(fetched).hasValue(0);
        assertThat(key.publicKey()).isEqualTo(publicKey);
        assertThat(key.keyPair().getPublic()).isNotNull();
        assertThat(fetched).hasValue(1);
    }

    private static void refuses(String value, String why) {
        Failure failure = catchThrowableOfType(Failure.class, () -> key(value).keyPair());

        assertThat(failure).as(why).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.diagnostic().summary()).startsWith("the deploy key from env:KEY can't be used: " + why);
        assertThat(failure.diagnostic().suggestion()).isNotBlank();
        assertThat(failure.diagnostic().where()).contains(WHERE);
        assertThat(failure.getCause()).isNull();
        assertThat(failure.diagnostics().toString()).doesNotContain("hunter2", "AAAA", "b3BlbnNzaC1rZXk");
    }

    private static GivenDeployKey key(String value) {
        return new GivenDeployKey("env:KEY", Optional.of(WHERE), () -> Secret.of(value));
    }
}
