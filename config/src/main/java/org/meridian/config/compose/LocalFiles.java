package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/** Names what a Compose file takes from files beside it; a server gets the Compose file and no other. */
final class LocalFiles {
    private static final String CODE = "local-files";
    private static final String ENVIRONMENT_ADVICE =
            "Put the variables under env: or secrets: in meridian.yml, and leave the file out here.";

    private final ComposeDocument compose;
    private final Problems problems;

    LocalFiles(ComposeDocument compose, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    void check() {
        compose.services().forEach(this::checkService);
        checkFiles("configs");
        checkFiles("secrets");
        compose.root()
                .entry("include")
                .ifPresent(include -> notSent(include.key().where(), "include"));
    }

    private void checkService(ComposeService service) {
        String path = "services." + service.name();
        list(service.body(), "volumes").forEach(volume -> checkMount(path, volume));
        list(service.body(), "env_file").forEach(file -> checkEnvFile(path, file));
        if (service.body().get("extends").orElse(null) instanceof Mapping base
                && base.get("file").isPresent()) {
            notSent(base.where(), path + ".extends");
        }
    }

    private static Stream<YamlNode> list(Mapping body, String key) {
        return body.get(key).stream()
                .flatMap(node -> node instanceof Sequence sequence ? sequence.items().stream() : Stream.of(node));
    }

    private void checkMount(String path, YamlNode volume) {
        String source = source(volume);
        if (source.startsWith(".") || source.startsWith("~")) {
            problems.error(
                    volume.where(),
                    CODE,
                    path + ".volumes mounts '" + source + "', which is not on a server",
                    "Copy the files into the image, or use a named volume.");
        }
    }

    private static String source(YamlNode volume) {
        return switch (volume) {
            case Scalar scalar -> Interpolation.of(scalar.text()).text().split(":", 2)[0];
            case Mapping mapping ->
                mapping.scalar("source")
                        .map(text -> Interpolation.of(text.text()).text())
                        .orElse("");
            case Sequence sequence -> "";
        };
    }

    private void checkEnvFile(String path, YamlNode file) {
        boolean optional = file instanceof Mapping mapping
                && mapping.scalar("required")
                        .filter(value -> value.text().equals("false"))
                        .isPresent();
        if (!optional) {
            problems.error(
                    file.where(), CODE, path + ".env_file names a file that is not on a server", ENVIRONMENT_ADVICE);
        }
    }

    private void checkFiles(String key) {
        for (YamlNode.Entry entry : compose.named(key)) {
            if (entry.value() instanceof Mapping mapping) {
                mapping.scalar("file")
                        .ifPresent(file -> problems.error(
                                file.where(),
                                CODE,
                                key + "." + entry.key().text() + ".file names a file that is not on a server",
                                ENVIRONMENT_ADVICE));
            }
        }
    }

    private void notSent(Location where, String what) {
        problems.error(
                where,
                CODE,
                what + " takes in another file, which is not on a server",
                "Write it into this file; 'docker compose config' prints the whole.");
    }
}
