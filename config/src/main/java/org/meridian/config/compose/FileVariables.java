package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.model.ComposeFile.FromFile;
import org.meridian.core.variables.Variables;

/**
 * Tells which variables a service has from files: those of its {@code env_file}, and over them those whose whole value under
 * {@code environment} is one of {@code .env} (Compose file reference, "env_file" and "environment").
 */
final class FileVariables {
    private final ComposeSources sources;
    private final Path directory;
    private final Variables beside;
    private final Map<Path, Set<String>> read = new HashMap<>();

    FileVariables(ComposeDocument compose, Variables beside) {
        this.sources = compose.sources();
        this.directory = compose.directory();
        this.beside = requireNonNull(beside, "beside is null");
    }

    /** By file, of which a later one wins. */
    List<FromFile> of(ComposeService service) {
        List<FromFile> files = new ArrayList<>();
        Shapes.items(service.body(), "env_file")
                .flatMap(item -> path(item).stream())
                .forEach(path -> files.add(new FromFile(path.text(), names(path))));
        files.add(new FromFile(VariablesFile.USUAL, Set.copyOf(passedOn(service))));
        files.removeIf(file -> file.names().isEmpty());
        return files;
    }

    /** The names under {@code environment} whose value {@code .env} gives. */
    List<String> passedOn(ComposeService service) {
        return service.body().get("environment").map(Shapes::variables).stream()
                .flatMap(all -> all.entries().stream())
                .filter(this::isOfFile)
                .map(entry -> entry.key().text())
                .toList();
    }

    private boolean isOfFile(Entry variable) {
        if (!(variable.value() instanceof Scalar scalar)) {
            return false;
        }
        return scalar.absent()
                ? beside.value(variable.key().text()).isPresent()
                : scalar.names().size() == 1
                        && beside.value(scalar.names().iterator().next())
                                .filter(scalar.text()::equals)
                                .isPresent();
    }

    private static Optional<Scalar> path(YamlNode item) {
        return switch (item) {
            case Scalar scalar -> Optional.of(scalar);
            case Mapping form -> form.scalar("path");
            default -> Optional.empty();
        };
    }

    /** Each file's are read once. What is wrong in it is reported where it is gathered. */
    private Set<String> names(Scalar path) {
        return PlacedFiles.resolved(directory, path.text())
                .filter(Files::isRegularFile)
                .map(file -> read.computeIfAbsent(file, unused -> names(file, path)))
                .orElse(Set.of());
    }

    private Set<String> names(Path file, Scalar path) {
        return Set.copyOf(VariablesFile.values(file, path.where(), Variables.NONE, sources, new Problems())
                .keySet());
    }
}
