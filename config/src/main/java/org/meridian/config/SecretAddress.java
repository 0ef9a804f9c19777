package org.meridian.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Secret;

/** Reads an address that is a secret: it stands in a variable or a file, and no problem repeats it. */
final class SecretAddress {
    private static final String EXAMPLE =
            "Write env:NAME for a variable that holds the https:// address, or file:PATH for a file that does.";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LARGEST = 4096;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path directory;
    private final Map<String, String> environment;

    SecretAddress(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** The address; empty with a problem kept, or with a warning where its variable is not set. */
    Optional<Secret> read(Field field) {
        return field.text().flatMap(text -> {
            if (text.startsWith("env:")) {
                return variable(field, text.substring("env:".length()));
            }
            return text.startsWith("file:") ? file(field, text.substring("file:".length())) : literal(field, text);
        });
    }

    private Optional<Secret> variable(Field field, String name) {
        if (!VARIABLE.matcher(name).matches()) {
            field.error("wrong-name", "what follows env: can't be a variable's name", EXAMPLE);
            return Optional.empty();
        }
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            field.warning(
                    "unset-variable",
                    "the variable " + name + " is not set, so nobody is told there",
                    "Set it where Meridian runs, or take the line out.");
            return Optional.empty();
        }
        return address(field, value, "the value of " + name);
    }

    private Optional<Secret> file(Field field, String path) {
        Optional<Path> file = WrittenPath.of(directory, path);
        if (file.isEmpty()) {
            field.error("wrong-value", "what follows file: is not a path", EXAMPLE);
        }
        return file.flatMap(known -> file(field, known));
    }

    private static Optional<Secret> file(Field field, Path file) {
        try {
            if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) > LARGEST) {
                field.error(
                        "missing-file",
                        Files.exists(file)
                                ? file + " is not a small file that can be read"
                                : "there is no file " + file,
                        "Create it with the address alone in it, or correct the path.");
                return Optional.empty();
            }
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                field.error("open-file", "others may read " + file, "Close it: chmod 600 " + file);
                return Optional.empty();
            }
            return address(field, BoundedFile.text(file, LARGEST).strip(), "the content of " + file);
        } catch (IOException e) {
            field.error(
                    "unreadable", "can't read " + file + ": " + BoundedFile.reason(e), "Check the path and the file.");
            return Optional.empty();
        }
    }

    private static Optional<Secret> literal(Field field, String text) {
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            field.error("wrong-value", "this is neither env:NAME nor file:PATH", EXAMPLE);
            return Optional.empty();
        }
        Optional<Secret> address = address(field, text, "this");
        address.ifPresent(found -> field.warning(
                "secret-in-file",
                "whoever reads this file can post to the address in it",
                "Put it into a variable, and write env:NAME."));
        return address;
    }

    private static Optional<Secret> address(Field field, String text, String what) {
        if (WebAddress.confidential(text)) {
            return Optional.of(Secret.of(text));
        }
        field.error(
                "wrong-value",
                what + " is not an https:// address of a host, without a user",
                "Correct it. Plain http:// is for an address on this machine only.");
        return Optional.empty();
    }
}
