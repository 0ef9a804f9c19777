package org.meridian.config.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.file.BoundedFile;

/**
 * Tells definitions of a service apart: what the Compose file says of it, of its volumes, configs and secrets, and the content
 * of the files that it mounts. Values of secrets are no part of it.
 */
final class Definition {
    private static final int DIGITS = 12;
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 1_000_000;

    private final ComposeDocument compose;

    Definition(ComposeDocument compose) {
        this.compose = compose;
    }

    /** A fingerprint, twelve hexadecimal digits. */
    String of(ComposeService service) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, FlowText.of(service.body()));
            for (String kind : List.of("volumes", "configs", "secrets")) {
                for (Scalar used : Shapes.names(service.body(), kind)) {
                    String key = kind.equals("volumes") ? Mount.of(used).source() : used.text();
                    named(kind, key).ifPresent(entry -> {
                        add(digest, kind + " " + key + " " + FlowText.of(entry.value()));
                        if (kind.equals("configs") && entry.value() instanceof Mapping body) {
                            body.scalar("file").ifPresent(file -> addFiles(digest, file.text()));
                        }
                    });
                }
            }
            Mount.of(service).stream().filter(Mount::relative).forEach(mount -> addFiles(digest, mount.source()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Optional<Entry> named(String kind, String key) {
        return compose.named(kind).stream()
                .filter(entry -> entry.key().text().equals(key))
                .findFirst();
    }

    /** What can't be read, or is too large to go to servers, is reported by who gathers the files. */
    private void addFiles(MessageDigest digest, String source) {
        Optional<Path> path = PlacedFiles.resolved(compose.directory(), source).filter(Files::exists);
        if (path.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.walk(path.get())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                add(digest, path.get().relativize(file).toString());
                if (Files.size(file) <= MOST_BYTES) {
                    digest.update(BoundedFile.bytes(file, MOST_BYTES));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            add(digest, "unreadable");
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
