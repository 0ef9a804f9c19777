package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.OpenBackup;
import org.meridian.core.spi.OpenBackup.BucketKey;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.LocalProcesses;

/** Requests to a bucket are signed as S3 wants it (Amazon S3 API Reference, "Signature Version 4"), which S3Mock does not check. */
final class BackupSignatureTest {
    private static final String SECRET = "a \"quoted\" \\ key+/=";
    private static final Pattern SIGNED = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=the-id/(\\d{8})/eu-west-1/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\\w+)");

    @Test
    void every_request_is_signed_with_the_key_for_its_query_and_its_content(@TempDir Path directory) throws Exception {
        List<String> wrong = new CopyOnWriteArrayList<>();
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            problem(exchange).ifPresent(wrong::add);
            answer(exchange);
        });
        store.start();
        try {
            CommandResult made = backUp(directory, store.getAddress().getPort());

            assertThat(wrong).isEmpty();
            assertThat(asked).as(made.errors()).containsExactly("PUT", "GET", "GET", "DELETE");
        } finally {
            store.stop(0);
        }
    }

    /** A list in two parts without the upload, which is taken away for that. */
    private static void answer(HttpExchange exchange) throws IOException {
        boolean second = exchange.getRequestURI().toString().contains("start-after=a%2Fb%2Fnotes%2Fdb%2Fother");
        byte[] text = ("<ListBucketResult><IsTruncated>" + !second
                        + "</IsTruncated><Contents><Key>a/b/notes/db/other</Key>"
                        + "<Size>1</Size></Contents></ListBucketResult>")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static CommandResult backUp(Path directory, int port) throws Exception {
        Files.createDirectories(directory.resolve("run"));
        Files.createDirectories(directory.resolve("opt/notes/services"));
        Files.writeString(directory.resolve("opt/notes/services/db"), "r1 definition");
        Path docker = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("docker"),
                "#!/bin/sh\ncase $1 in ps) echo c1 ;; exec) echo rows ;; esac\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        Backup backup = new Backup(
                Optional.of("dump"),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BackupBucket(
                        "copies",
                        "a/b",
                        Optional.of(URI.create("http://127.0.0.1:" + port)),
                        "eu-west-1",
                        "env-file:unused")));
        String script = BackupText.ACCESSORY
                .replace("/opt/meridian", directory.resolve("opt").toString())
                .replace("/var/backups/meridian", directory.resolve("var").toString())
                .replace("/run/", directory.resolve("run") + "/");
        Command command = Command.of(
                "env", "PATH=" + docker.getParent() + ":" + System.getenv("PATH"), "sh", "-c", script, "accessory");
        return new LocalProcesses()
                .run(BackupText.opening(
                        command.with("notes", "backup", "db", "7", BackupText.place(backup), "dump"),
                        new OpenBackup(backup, Optional.of(new BucketKey(Secret.of("the-id"), Secret.of(SECRET))))));
    }

    /** What is wrong with a request's signature. */
    private static Optional<String> problem(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("none");
        Matcher signed = SIGNED.matcher(authorization);
        if (!signed.matches()) {
            return Optional.of("not signed: " + authorization);
        }
        String hash = header(exchange, "x-amz-content-sha256");
        if (!hash.equals(sha256(content))) {
            return Optional.of("not the hash of the content: " + hash);
        }
        String names = signed.group(2);
        String headers = Stream.of(names.split(";", -1))
                .map(name -> name + ":" + header(exchange, name).strip() + "\n")
                .collect(Collectors.joining());
        URI address = exchange.getRequestURI();
        String request = String.join(
                "\n",
                exchange.getRequestMethod(),
                address.getRawPath(),
                Optional.ofNullable(address.getRawQuery()).orElse(""),
                headers,
                names,
                hash);
        String scope = signed.group(1) + "/eu-west-1/s3/aws4_request";
        String text = String.join(
                "\n", "AWS4-HMAC-SHA256", header(exchange, "x-amz-date"), scope, sha256(request.getBytes(UTF_8)));
        byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        String expected = HexFormat.of().formatHex(hmac(key, text));
        return expected.equals(signed.group(3)) ? Optional.empty() : Optional.of("not the signature of\n" + request);
    }

    private static String header(HttpExchange exchange, String name) {
        return requireNonNull(exchange.getRequestHeaders().getFirst(name), name);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
