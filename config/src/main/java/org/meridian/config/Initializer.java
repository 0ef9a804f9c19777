package org.meridian.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeReader;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Writes a first {@code meridian.yml} for a directory that has a Compose file. */
public final class Initializer {
    /** The configuration's usual name. */
    public static final String FILE = "meridian.yml";

    /** Ready to propose. */
    public Initializer() {}

    /**
     * The text of a configuration that loads, guessed from the Compose file.
     *
     * @throws Failure of the usage kind when there is no Compose file, or none that a configuration can be made for
     */
    public String propose(Path directory) {
        Path file = ComposeLocator.usual(directory).orElseThrow(() -> noComposeFile(directory));
        Problems problems = new Problems();
        Optional<ComposeDocument> compose =
                new ComposeReader(problems).read(file.toString(), SourceFile.read(file, "Create it."));
        problems.throwIfAny();
        String text = Proposal.text(
                nameOf(directory), String.valueOf(file.getFileName()), new ServiceGuess(compose.orElseThrow()));
        new ConfigurationLoader().load(directory.resolve(FILE), text, new Problems());
        return text;
    }

    /**
     * Writes the proposal and returns its file.
     *
     * @throws Failure of the usage kind when a configuration is there already, and as {@link #propose} does
     */
    public Path write(Path directory) {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            throw exists(file);
        }
        try {
            return Files.writeString(file, propose(directory), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw Failure.usage(Diagnostic.of(
                    "unwritable", "can't write " + file + ": " + e.getMessage(), "Check the directory's permissions."));
        }
    }

    private static String nameOf(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return Names.wellFormed(name == null ? "" : name.toString(), "my-app");
    }

    private static Failure noComposeFile(Path directory) {
        String place = directory.toString().isEmpty() ? "here" : "in " + directory;
        return Failure.usage(Diagnostic.of(
                "missing-file",
                "there is no Compose file " + place + ": " + String.join(", ", ComposeLocator.NAMES),
                "Run this beside your app's Compose file, or write one with your app's containers first."));
    }

    private static Failure exists(Path file) {
        return Failure.usage(List.of(Diagnostic.of(
                "file-exists", file + " is there already", "Edit it, or move it away and run 'meridian init' again.")));
    }
}
