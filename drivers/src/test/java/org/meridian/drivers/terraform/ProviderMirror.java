package org.meridian.drivers.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A directory of this machine from which Terraform can take providers (its "filesystem mirror"): the one that
 * MERIDIAN_TERRAFORM_MIRROR names, or one in a usual place. Tests fetch no provider from the network.
 */
final class ProviderMirror {
    private static final String REGISTRY = "registry.terraform.io";
    private static final List<String> PLACES =
            List.of("/opt", "/usr/local/share", "/usr/share", System.getProperty("user.home") + "/.terraform.d");

    private ProviderMirror() {}

    /** The mirror that has the provider at the version that its module needs; skips the test, and says why, without. */
    static Path require(FleetProvider provider) {
        Optional<Path> found = mirrors().filter(mirror -> has(mirror, provider)).findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "no mirror on this machine has the provider " + provider.required()
                        + "; MERIDIAN_TERRAFORM_MIRROR can name one");
        return found.orElseThrow();
    }

    /** Writes the settings that make Terraform take providers from a mirror alone. */
    static Path settings(Path mirror, Path file) throws IOException {
        return Files.writeString(
                file, "provider_installation {\n  filesystem_mirror { path = \"" + mirror + "\" }\n}\n");
    }

    private static Stream<Path> mirrors() {
        Stream<Path> named = Optional.ofNullable(System.getenv("MERIDIAN_TERRAFORM_MIRROR")).map(Path::of).stream();
        return Stream.concat(named, PLACES.stream().flatMap(place -> below(Path.of(place)).stream()));
    }

    private static List<Path> below(Path place) {
        try (Stream<Path> found =
                Files.find(place, 2, (path, attributes) -> attributes.isDirectory() && path.endsWith(REGISTRY))) {
            return found.map(Path::getParent).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean has(Path mirror, FleetProvider provider) {
        Object pin = provider.required().get(provider.word());
        return pin instanceof java.util.Map<?, ?> map
                && Files.isDirectory(mirror.resolve(REGISTRY)
                        .resolve(String.valueOf(map.get("source")))
                        .resolve(String.valueOf(map.get("version"))));
    }
}
