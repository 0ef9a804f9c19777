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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Definition;

/**
 * Tells definitions of a service apart, key by key: what the Compose file says of it, of its volumes, configs and secrets, and the
 * content of the files that it mounts. Values of secrets are no part of it.
 */
final class DefinitionOf {
    private static final int DIGITS = 12;
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 1_000_000;

    private final ComposeDocument compose;
    private final Map<String, MessageDigest> parts = new TreeMap<>();

    private DefinitionOf(ComposeDocument compose) {
        this.compose = compose;
    }

    /** The definition of a service of a project. */
    static Definition service(ComposeDocument compose, ComposeService service) {
        DefinitionOf definition = new DefinitionOf(compose);
        definition.add(service);
        return definition.finished();
    }

    private void add(ComposeService service) {
        for (Entry entry : service.body().entries()) {
            add(entry.key().text(), FlowText.of(entry.value()));
        }
        for (String kind : List.of("volumes", "configs", "secrets")) {
            for (Scalar used : Shapes.names(service.body(), kind)) {
                String key = kind.equals("volumes") ? Mount.of(used).source() : used.text();
                named(kind, key).ifPresent(entry -> {
                    add(kind + "." + key, FlowText.of(entry.value()));
                    if (kind.equals("configs") && entry.value() instanceof Mapping body) {
                        body.scalar("file").ifPresent(file -> addFiles(file.text()));
                    }
                });
            }
        }
        Mount.of(service).stream().filter(Mount::relative).forEach(mount -> addFiles(mount.source()));
    }

    private Definition finished() {
        Map<String, String> fingerprints = new TreeMap<>();
        parts.forEach((name, digest) ->
                fingerprints.put(name, HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS)));
        return new Definition(fingerprints);
    }

    private Optional<Entry> named(String kind, String key) {
        return compose.named(kind).stream()
                .filter(entry -> entry.key().text().equals(key))
                .findFirst();
    }

    /** What can't be read, or is too large to go to servers, is reported by who gathers the files. */
    private void addFiles(String source) {
        Optional<Path> path = PlacedFiles.resolved(compose.directory(), source).filter(Files::exists);
        if (path.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.walk(path.get())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                add(source, path.get().relativize(file).toString());
                if (Files.size(file) <= MOST_BYTES) {
                    digest(source).update(BoundedFile.bytes(file, MOST_BYTES));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            add(source, "unreadable");
        }
    }

    private void add(String key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest(key).update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest(key).update(bytes);
    }

    /** Where only such characters differ, two keys are told as one. */
    private MessageDigest digest(String key) {
        return parts.computeIfAbsent(key.replaceAll("[^A-Za-z0-9_./-]", "_"), unused -> {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        });
    }
}
