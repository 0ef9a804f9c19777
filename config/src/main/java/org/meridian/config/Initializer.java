package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlFile;
import org.meridian.config.document.YamlNode;
import org.meridian.config.guess.Guesses;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.diagnostic.Location;

/**
 * Proposes a first configuration for a directory that has a Compose file.
 *
 * <p>There is one for every Compose file that is YAML. What in it can't run on servers as it stands is listed, for the
 * same reading tells it that {@code plan} uses, and keeps nobody from getting the file.
 */
public final class Initializer {
    private final Path file;
    private final Path directory;

    /** For the configuration that is going to be at this place; the Compose file is beside it. */
    public Initializer(Path file) {
        this.file = requireNonNull(file, "file is null");
        this.directory = file.resolveSibling("");
    }

    /**
     * The proposal.
     *
     * @throws Failure of the usage kind when there is no Compose file, or one that is not YAML
     */
    public Starter propose() {
        List<Path> files = new StarterFiles(directory).find();
        Path compose = files.getFirst();
        String app = nameOf(directory);
        Proposal proposal = new Proposal(app, written(files), guesses(files, app));
        Findings first = check(proposal.text(List.of()), proposal, compose);
        // What has to be settled takes lines of its own, so places in the file itself are right from now on.
        Findings findings = check(text(proposal, first.settle()), proposal, compose);
        return new Starter(
                text(proposal, findings.settle()),
                proposal.compose(),
                proposal.guesses(),
                findings.settle(),
                findings.warnings());
    }

    private String written(List<Path> files) {
        List<String> names = files.stream()
                .map(path -> directory
                        .toAbsolutePath()
                        .normalize()
                        .relativize(path.toAbsolutePath().normalize()))
                .map(Path::toString)
                .toList();
        return names.size() == 1 ? names.getFirst() : "[" + String.join(", ", names) + "]";
    }

    /** As Compose would run them here: with what {@code .env} says, and each file laid over the ones before. */
    private Guesses guesses(List<Path> files, String app) {
        files.forEach(Initializer::requireMapping);
        Guesses found = read(files, app);
        return found.service().known() && !found.port().known() ? found.portOf(ofLaptop(files, app)) : found;
    }

    /** What the file for one's own machine says of the same services, such as where they listen. */
    private Optional<Guesses> ofLaptop(List<Path> files, String app) {
        String name = files.getLast().getFileName().toString();
        int dot = name.lastIndexOf('.');
        return Stream.of(".override.yaml", ".override.yml")
                .map(end -> files.getLast().resolveSibling(name.substring(0, dot < 0 ? name.length() : dot) + end))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(override ->
                        read(Stream.concat(files.stream(), Stream.of(override)).toList(), app));
    }

    private Guesses read(List<Path> files, String app) {
        return new ComposeViews(directory, files, Map.of(), new Problems())
                .of(List.of(), Optional.empty(), Map.of(), Map.of()).stream()
                        .findFirst()
                        .map(View::document)
                        .map(project -> Guesses.of(project.services(), project.inactive(), app))
                        .orElseGet(() -> Guesses.of(List.of(), List.of(), app));
    }

    private static void requireMapping(Path file) {
        String text = SourceFile.read(file, "Create it.");
        Problems problems = new Problems();
        Optional<YamlNode> root = new YamlFile(file.toString(), problems).parse(text);
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        if (!(root.orElseThrow() instanceof YamlNode.Mapping)) {
            throw Failure.usage(Diagnostic.of(
                            "not-compose",
                            root.get().kind() + " stands where keys with values are needed",
                            "Write the containers under 'services:', as in any Compose file.")
                    .at(root.get().where()));
        }
    }

    /**
     * What reading the proposal finds.
     *
     * @param settle   what keeps it from being deployed
     * @param warnings what may surprise
     */
    private record Findings(List<Diagnostic> settle, List<Diagnostic> warnings) {}

    private Findings check(String text, Proposal proposal, Path compose) {
        Problems problems = new Problems();
        try {
            var unused = new ConfigurationLoader()
                    .load(file, text, problems)
                    .configuration()
                    .requireReleasable();
            return new Findings(List.of(), problems.warnings());
        } catch (Failure failure) {
            return new Findings(settle(failure.diagnostics(), proposal, compose), problems.warnings());
        }
    }

    /** Without an app, that is the one thing to say of it: names of other services would be bad advice. */
    private static List<Diagnostic> settle(List<Diagnostic> found, Proposal proposal, Path compose) {
        if (proposal.guesses().service().known()) {
            return found.stream().map(problem -> ofImage(problem, proposal)).toList();
        }
        List<Diagnostic> others = found.stream()
                .filter(problem -> !List.of("unknown-service", "unknown-port", "no-app-service")
                        .contains(problem.code()))
                .toList();
        if (others.stream().anyMatch(problem -> problem.code().equals("not-compose"))) {
            return others;
        }
        Diagnostic noApp = Diagnostic.of(
                        "no-app",
                        proposal.guesses().service().because(),
                        "Add your app there, with its image and 'expose' with its port, and name it in " + Proposal.FILE
                                + ".")
                .at(new Location(compose.toString(), 1, 1));
        return Stream.concat(Stream.of(noApp), others.stream()).toList();
    }

    /** Where the app's image is not known, the others that are in the file are bad advice too. */
    private static Diagnostic ofImage(Diagnostic problem, Proposal proposal) {
        if (!problem.code().equals("no-app-service")
                || proposal.guesses().image().known()) {
            return problem;
        }
        return new Diagnostic(
                problem.code(),
                problem.summary(),
                problem.detail(),
                "Write the app's image here, and in " + proposal.compose() + " without a variable or with a default.",
                problem.where());
    }

    private String text(Proposal proposal, List<Diagnostic> settle) {
        return proposal.text(settle.stream().map(this::beside).toList());
    }

    /** Places as somebody sees them who stands in the directory. */
    private Diagnostic beside(Diagnostic problem) {
        return problem.where()
                .filter(where -> Path.of(where.file()).startsWith(directory))
                .map(where -> problem.at(new Location(
                        directory.relativize(Path.of(where.file())).toString(), where.line(), where.column())))
                .orElse(problem);
    }

    private static String nameOf(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return Names.wellFormed(name == null ? "" : name.toString(), "my-app");
    }
}
