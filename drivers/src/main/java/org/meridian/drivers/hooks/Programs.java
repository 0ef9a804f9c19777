package org.meridian.drivers.hooks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Hook;

/** Finds programs as execvp(3) does: by their path where it has a slash, on the PATH otherwise. */
final class Programs {
    private Programs() {}

    /** Throws Failure when the hook's program is not there or may not be run. */
    static void require(Hook hook, Path directory) {
        String program = hook.command().getFirst();
        if (!found(program, directory)) {
            throw Failure.of(Diagnostic.of(
                    "hook-missing",
                    hook.at().key() + ": there is no program " + program
                            + (program.contains("/") ? " that can be run in " + directory : " on the PATH"),
                    "Correct the path under 'hooks', which counts from the configuration's directory, or make the"
                            + " file executable."));
        }
    }

    private static boolean found(String program, Path directory) {
        try {
            if (program.contains("/")) {
                return runnable(directory.resolve(program));
            }
            String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
            return Stream.of(path.split(File.pathSeparator, -1))
                    .anyMatch(one -> runnable(directory.resolve(one).resolve(program)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
