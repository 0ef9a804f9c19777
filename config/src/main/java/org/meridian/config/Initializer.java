package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.compose.ComposeService;
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
        List<Path> files = composeFiles();
        Path compose = files.getFirst();
        String app = nameOf(directory);
        Proposal proposal = new Proposal(app, written(files), Guesses.of(services(files), app));
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

    /** What the variable names, or else the usual one. */
    private List<Path> composeFiles() {
        Problems problems = new Problems();
        Optional<ComposeFileVariable> variable = ComposeFileVariable.in(directory, problems);
        if (variable.isPresent()) {
            List<Path> files = variable.get().files(directory, problems);
            problems.throwIfAny();
            return files;
        }
        return List.of(ComposeLocator.usual(directory).orElseThrow(this::noComposeFile));
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

    /** The services of all files, each as the first that has it says. */
    private static List<ComposeService> services(List<Path> files) {
        Map<String, ComposeService> services = new LinkedHashMap<>();
        files.forEach(file -> services(file).forEach(service -> services.putIfAbsent(service.name(), service)));
        return List.copyOf(services.values());
    }

    /** The services as far as they can be read. */
    private static List<ComposeService> services(Path file) {
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
        return new ComposeReader(new Problems())
                .read(file.toString(), text)
                .map(Initializer::all)
                .orElse(List.of());
    }

    /** Also those with profiles: people set COMPOSE_PROFILES where they run them. */
    private static List<ComposeService> all(ComposeDocument document) {
        return Stream.concat(document.services().stream(), document.inactive().stream())
                .toList();
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
        Diagnostic noApp = Diagnostic.of(
                        "no-app",
                        proposal.guesses().service().because(),
                        "Add your app there, with its image and 'expose' with its port, and name it in " + Proposal.FILE
                                + ".")
                .at(new Location(compose.toString(), 1, 1));
        List<String> aboutIt = List.of("unknown-service", "unknown-port", "no-app-service", "not-compose");
        return Stream.concat(Stream.of(noApp), found.stream().filter(problem -> !aboutIt.contains(problem.code())))
                .toList();
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

    private Failure noComposeFile() {
        String place = directory.toString().isEmpty() ? "here" : "in " + directory;
        return Failure.usage(Diagnostic.of(
                "missing-file",
                "there is no Compose file " + place + ": " + String.join(", ", ComposeLocator.NAMES),
                "Run this beside your app's Compose file, or write one with your app's containers first."));
    }
}
