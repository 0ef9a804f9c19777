package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandRunner;

/** Opens an address that holds a token in this machine's browser, by a file, since every user sees a program's arguments. */
final class Browsers {
    private final CommandRunner commands;
    private final Path directory;

    Browsers(CommandRunner commands, Path directory) {
        this.commands = requireNonNull(commands, "commands is null");
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** Opens it; throws a Failure when there is no browser. */
    void open(String address) throws InterruptedException {
        String program = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
        var result = commands.run(Command.of(program, page(address).toString()));
        if (result.exitCode() != 0) {
            throw Failure.of(Diagnostic.of(
                    "no-browser",
                    program + " could not open a browser: " + result.errors().strip(),
                    "Leave --open away and open the address yourself."));
        }
    }

    private Path page(String address) {
        Path file = directory.resolve("ui-open.html");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(
                    file, "<!doctype html><meta http-equiv=\"refresh\" content=\"0; url=" + address + "\">\n");
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "no-browser",
                            "the page that opens the dashboard can't be written to " + file + ": "
                                    + BoundedFile.reason(e),
                            "See that the directory may be written."),
                    e);
        }
    }
}
