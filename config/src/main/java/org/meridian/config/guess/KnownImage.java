package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What is public knowledge about an app's image. The list is the resource {@code known-images.txt}; its facts are from
 * each project's own documentation and Dockerfile.
 *
 * @param name   the last part of the repository, its last two parts, or {@code organisation/*}
 * @param port   the port that it listens on unless it is configured otherwise
 * @param health the path that answers 2xx without a login once the app is fit to serve
 */
record KnownImage(String name, int port, String health) {
    private static final List<KnownImage> ALL = read();

    KnownImage {
        requireNonNull(name, "name is null");
        requireNonNull(health, "health is null");
    }

    /** What is known of a service's image. */
    static Optional<KnownImage> of(ServiceFacts service) {
        List<String> path = service.path();
        String last = path.getLast();
        String two = path.size() < 2 ? last : path.get(path.size() - 2) + "/" + last;
        return ALL.stream()
                .filter(known -> known.name.equals(two) || known.name.equals(last) || known.isAnyOf(path))
                .findFirst();
    }

    private boolean isAnyOf(List<String> path) {
        return path.size() > 1 && name.endsWith("/*") && name.equals(path.getFirst() + "/*");
    }

    private static List<KnownImage> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                requireNonNull(KnownImage.class.getResourceAsStream("known-images.txt"), "no known-images.txt"),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(KnownImage::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KnownImage line(String line) {
        String[] words = line.split("\\s+", 3);
        return new KnownImage(words[0], Integer.parseInt(words[1]), words[2]);
    }
}
