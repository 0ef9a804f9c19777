package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.core.diagnostic.Location;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.variables.Variables;

/** Finds what a Compose project takes from files of this machine, so that they go to the servers with it. */
public final class LocalFiles {
    private final ComposeDocument compose;
    private final PlacedFiles placed;
    private final Problems problems;
    private final Set<Path> read = new HashSet<>();
    private final Map<String, Absent> absent = new LinkedHashMap<>();
    private final Map<Location, List<String>> mountedSources = new LinkedHashMap<>();

    /** For this project. */
    public LocalFiles(ComposeDocument compose, PlacedFiles placed, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.placed = requireNonNull(placed, "placed is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Gathers them all, and these files of variables where they are there, with a problem for each that can't go. */
    public BesideFiles gather(List<Path> variables) {
        List<String> files = compose.files().stream()
                .map(file ->
                        placed.inside(file, start(file), "the Compose file").orElse(""))
                .filter(path -> !path.isEmpty())
                .toList();
        for (ComposeSources.Source source : compose.sources().all()) {
            placed.place(source.file(), start(source.file()), "the Compose file");
            hideVariables(source.directory().resolve(VariablesFile.USUAL), start(source.file()));
        }
        variables.forEach(file -> hideVariables(file, start(file)));
        compose.services().forEach(this::gather);
        gather("configs");
        gather("secrets");
        reportAbsent();
        mountedSources.forEach((where, services) -> problems.error(
                where,
                "source-mount",
                String.join(", ", services)
                        + ": volumes mounts the directory that the image is built from, over what is" + " in the image",
                "Leave it out here; for your own machine, write it in compose.override.yaml."));
        return files.isEmpty() ? BesideFiles.NONE : placed.beside(files.getFirst(), files.subList(1, files.size()));
    }

    private static Location start(Path file) {
        return new Location(file.toString(), 1, 1);
    }

    private void hideVariables(Path file, Location where) {
        if (Files.isRegularFile(file)) {
            placed.hide(file, where, "the file of variables");
        }
    }

    private void gather(ComposeService service) {
        String path = "services." + service.name();
        Mount.of(service).stream().filter(Mount::bind).forEach(mount -> gather(service, mount));
        Shapes.items(service.body(), "env_file").forEach(file -> gatherVariables(path, file));
    }

    private void gather(ComposeService service, Mount mount) {
        String what = "services." + service.name() + ".volumes mounts '" + mount.shown() + "', which";
        if (mount.belowShell().isPresent()) {
            problems.error(
                    mount.where(),
                    "local-files",
                    what + " is in the directory of your shell and not on a server",
                    "Write '." + mount.belowShell().get() + "', which counts from the Compose file.");
            return;
        }
        if (mount.atHome()) {
            problems.error(
                    mount.where(),
                    "local-files",
                    what + " is in your home directory and not on a server",
                    "Copy the files beside the Compose file; keep data outside the servers.");
            return;
        }
        Optional<Path> source =
                mount.relative() ? PlacedFiles.resolved(compose.directory(), mount.source()) : Optional.empty();
        if (source.isEmpty() || mount.source().contains("$")) {
            return;
        }
        if (service.builtFrom(compose.directory())
                .filter(context -> context.startsWith(absolute(source.get())))
                .isPresent()) {
            mountedSources
                    .computeIfAbsent(mount.where(), unused -> new ArrayList<>())
                    .add("services." + service.name());
            return;
        }
        boolean here = Files.exists(source.get());
        if (here) {
            placed.place(source.get(), mount.where(), what);
        }
        // What is lost with each release is a problem of its own.
        if (new DataMounts(compose).of(service).contains(mount)) {
            return;
        }
        if (!here || (!mount.readOnly() && DataMounts.holdsNothing(source.get()))) {
            problems.warning(
                    mount.where(),
                    "missing-mount",
                    what + (here ? " holds nothing" : " is not here")
                            + ": each new release begins with an empty directory there",
                    "Create it where files are meant; keep data outside the servers.");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private void gatherVariables(String path, YamlNode written) {
        boolean optional = written instanceof Mapping mapping
                && mapping.scalar("required")
                        .filter(value -> value.text().equals("false"))
                        .isPresent();
        Optional<Scalar> name = written instanceof Mapping mapping
                ? mapping.scalar("path")
                : Optional.of(written).map(LocalFiles::text);
        Optional<Path> file = name.flatMap(text -> PlacedFiles.resolved(compose.directory(), text.text()));
        if (file.isEmpty()) {
            return;
        }
        if (Files.isRegularFile(file.get())) {
            if (read.add(file.get())) {
                VariablesFile.read(file.get(), written.where(), Variables.NONE, compose.sources(), problems);
            }
            placed.hide(file.get(), written.where(), path + ".env_file");
        } else if (!optional) {
            absent.computeIfAbsent(name.get().text(), unused -> new Absent(written.where(), new ArrayList<>()))
                    .services()
                    .add(path);
            // A release that had it is not installed again without it.
            placed.hide(file.get(), written.where(), path + ".env_file");
        }
    }

    /** A file that several services name is missing once. */
    private void reportAbsent() {
        absent.forEach((file, who) -> problems.error(
                who.where(),
                "missing-file",
                String.join(", ", who.services()) + ": env_file: " + missing(file),
                "Create it, or write { path: " + file
                        + ", required: false } and put the variables under env: or secrets: in meridian.yml."));
    }

    private String missing(String file) {
        return PlacedFiles.resolved(compose.directory(), file)
                .map(path -> BoundedFile.missing(path, file))
                .orElse("there is no file '" + file + "'");
    }

    private static Scalar text(YamlNode node) {
        return node instanceof Scalar scalar ? scalar : new Scalar(node.where(), "", true);
    }

    private void gather(String kind) {
        for (Entry entry : compose.named(kind)) {
            if (entry.value() instanceof Mapping mapping) {
                mapping.scalar("file")
                        .ifPresent(file -> gather(kind, entry.key().text(), file));
            }
        }
    }

    private void gather(String kind, String name, Scalar file) {
        String what = kind + "." + name + ".file";
        Optional<Path> path = PlacedFiles.resolved(compose.directory(), file.text());
        if (path.filter(Files::isRegularFile).isEmpty()) {
            problems.error(
                    file.where(),
                    "missing-file",
                    what + ": " + missing(file.text()),
                    "Create it, or write 'environment: NAME' in its place and give NAME under env: or secrets:.");
            path.filter(secret -> kind.equals("secrets")).ifPresent(secret -> placed.hide(secret, file.where(), what));
        } else if (kind.equals("secrets")) {
            placed.hide(path.get(), file.where(), what);
        } else {
            placed.place(path.get(), file.where(), what);
        }
    }

    private record Absent(Location where, List<String> services) {}
}
