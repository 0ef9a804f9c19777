package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.RawPath;

/**
 * Finds the Compose files that a first configuration names: what is meant for production, where a file's name says so.
 *
 * <p>The names are those of Docker's own guide, "Use Compose in production", and of what many projects have in their place.
 */
final class StarterFiles {
    private static final List<String> PRODUCTION = Stream.of("compose", "docker-compose")
            .flatMap(name -> Stream.of(name + ".prod", name + ".production"))
            .flatMap(name -> Stream.of(name + ".yaml", name + ".yml"))
            .toList();

    private static final Pattern NAMED_LIKE = Pattern.compile(".*(compose|stack).*\\.ya?ml", Pattern.CASE_INSENSITIVE);

    private final Path directory;

    StarterFiles(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /**
     * The files, the lowest first; at least one.
     *
     * @throws Failure of the usage kind when there is none, or not what {@code COMPOSE_FILE} names
     */
    List<Path> find() {
        Problems problems = new Problems();
        Optional<ComposeFileVariable> variable = ComposeFileVariable.in(directory, problems);
        if (variable.isPresent()) {
            List<Path> files = variable.get().files(directory, problems);
            problems.throwIfAny();
            return files;
        }
        Optional<Path> usual = ComposeLocator.usual(directory);
        Optional<Path> production = production();
        if (usual.isPresent() && production.isPresent()) {
            return standsAlone(production.get()) ? List.of(production.get()) : List.of(usual.get(), production.get());
        }
        return List.of(usual.or(() -> production).orElseGet(this::likeOne));
    }

    /** The one file whose name speaks of Compose, where none has a usual name. */
    private Path likeOne() {
        List<Path> like = like();
        if (like.size() == 1) {
            return like.getFirst();
        }
        throw noComposeFile(
                like.stream().map(Path::getFileName).map(Path::toString).toList());
    }

    private List<Path> like() {
        try (Stream<Path> entries = Files.list(directory.toAbsolutePath())) {
            return entries.map(path -> directory.resolve(path.getFileName()))
                    .filter(path ->
                            NAMED_LIKE.matcher(path.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private Optional<Path> production() {
        return PRODUCTION.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Whether it says what each service runs and how one is reached; what is laid over another file leaves some of it out. */
    private boolean standsAlone(Path file) {
        return new ComposeViews(directory, List.of(file), Map.of(), new Problems())
                .of(List.of(), Optional.empty(), Map.of(), Map.of()).stream()
                        .findFirst()
                        .map(View::document)
                        .filter(StarterFiles::isWhole)
                        .isPresent();
    }

    private static boolean isWhole(ComposeDocument document) {
        return document.services().stream()
                        .allMatch(service -> service.built() || service.image().isPresent())
                && document.services().stream()
                        .anyMatch(service -> !service.ports().isEmpty());
    }

    private Failure noComposeFile(List<String> like) {
        if (RawPath.lost(directory)) {
            return Failure.usage(Diagnostic.of("raw-path", RawPath.summary(directory), RawPath.suggestion()));
        }
        String place = directory.toString().isEmpty() ? "here" : "in " + directory;
        return Failure.usage(Diagnostic.of(
                "missing-file",
                "there is no Compose file " + place + ": " + String.join(", ", ComposeLocator.NAMES),
                like.isEmpty()
                        ? "Run this beside your app's Compose file, or write one with your app's containers first."
                        : "Name those that are meant in .env, such as COMPOSE_FILE=" + like.getFirst() + "; here are "
                                + String.join(", ", like) + "."));
    }
}
