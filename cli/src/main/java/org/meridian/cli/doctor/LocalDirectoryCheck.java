package org.meridian.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;

/** Whether what Meridian keeps here, keys and tokens among it, is closed to others and out of version control. */
record LocalDirectoryCheck(CommandRunner commands, Path directory) implements Check {
    private static final String NAME = "local directory";
    private static final int SHOWN = 3;

    @Override
    public Finding look() throws InterruptedException {
        if (!Files.isDirectory(directory)) {
            return Finding.ok(NAME, directory + " will be made by the first deploy");
        }
        List<String> tracked = tracked();
        if (!tracked.isEmpty()) {
            return Finding.fail(
                    NAME,
                    "git tracks " + some(tracked) + " in " + directory,
                    "Run 'git rm -r --cached " + directory
                            + "', commit, and replace what was pushed: the keys and tokens" + " are in git's history.");
        }
        return modes();
    }

    /** What git has of it, also where it was added by force. */
    private List<String> tracked() throws InterruptedException {
        try {
            CommandResult listed = commands.run(Command.of("git", "-C", directory.toString(), "ls-files", "--", "."));
            return listed.succeeded() ? listed.output().lines().toList() : List.of();
        } catch (Failure e) {
            // There is no git here, so nothing is in it.
            return List.of();
        }
    }

    private Finding modes() {
        try (Stream<Path> all = Files.walk(directory)) {
            List<String> open =
                    all.filter(LocalDirectoryCheck::isOpen).map(Path::toString).toList();
            return open.isEmpty()
                    ? Finding.ok(NAME, directory + " is closed to others and git tracks nothing in it")
                    : Finding.fail(NAME, "others may get at " + some(open), "Close it: chmod -R go-rwx " + directory);
        } catch (IOException e) {
            return Finding.warn(
                    NAME, "can't look into " + directory + ": " + BoundedFile.reason(e), "See whose it is.");
        }
    }

    /** Terraform's own programs and modules in {@code .terraform} have the modes that Terraform gives them. */
    private static boolean isOpen(Path path) {
        try {
            if (Files.isSymbolicLink(path) || path.toString().contains("/.terraform/")) {
                return false;
            }
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            return !LocalDirectory.DIRECTORY.containsAll(mode);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
