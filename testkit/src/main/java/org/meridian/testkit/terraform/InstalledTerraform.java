package org.meridian.testkit.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Terraform of this machine, and the providers that it can take from a directory (its "filesystem mirror"): the one
 * that MERIDIAN_TERRAFORM_MIRROR names, or one in a usual place. Tests fetch no provider from the network.
 */
public final class InstalledTerraform {
    private static final String REGISTRY = "registry.terraform.io";
    private static final List<String> PLACES =
            List.of("/opt", "/usr/local/share", "/usr/share", System.getProperty("user.home") + "/.terraform.d");
    private static final Pattern SOURCE = Pattern.compile("source\\s*=\\s*\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("(?m)^\\s+version\\s*=\\s*\"([^\"]+)\"");

    private InstalledTerraform() {}

    /** Skips the test, and says why, where there is no Terraform. */
    public static void require() {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "terraform")));
        Assumptions.assumeTrue(there, "terraform is not on the PATH");
    }

    /**
     * Writes the settings that make Terraform take providers from a mirror alone, one that has what a module pins; skips
     * the test, and says why, where there is none.
     *
     * @param module the directory of one of Meridian's modules
     * @param file   what to write, for TF_CLI_CONFIG_FILE
     */
    public static Path requireProvider(Path module, Path file) {
        try {
            String versions = Files.readString(module.resolve("versions.tf"));
            String provider = only(SOURCE, versions) + "/" + only(VERSION, versions);
            Optional<Path> mirror = mirrors()
                    .filter(place -> Files.isDirectory(place.resolve(REGISTRY).resolve(provider)))
                    .findFirst();
            Assumptions.assumeTrue(
                    mirror.isPresent(),
                    "no mirror on this machine has the provider " + provider
                            + "; MERIDIAN_TERRAFORM_MIRROR can name one");
            return Files.writeString(
                    file,
                    "provider_installation {\n  filesystem_mirror { path = \"" + mirror.orElseThrow() + "\" }\n}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String only(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + text);
        }
        return requireNonNull(matcher.group(1));
    }

    private static Stream<Path> mirrors() {
        Stream<Path> named = Optional.ofNullable(System.getenv("MERIDIAN_TERRAFORM_MIRROR")).map(Path::of).stream();
        return Stream.concat(named, PLACES.stream().flatMap(place -> below(Path.of(place)).stream()));
    }

    private static List<Path> below(Path place) {
        try (Stream<Path> found =
                Files.find(place, 2, (path, attributes) -> attributes.isDirectory() && path.endsWith(REGISTRY))) {
            return found.map(Path::getParent).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
