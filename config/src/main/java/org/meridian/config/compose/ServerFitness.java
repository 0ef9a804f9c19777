package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.diagnostic.Location;

/**
 * Names what works beside the Compose file on a laptop and can't work on a server.
 *
 * <p>A server is a new machine for each release and gets the Compose file and the environment, nothing else: files next
 * to it, networks and volumes made by hand are not there, and what a volume holds goes with the server.
 */
public final class ServerFitness {
    private static final String ENVIRONMENT_ADVICE =
            "Put the variables under env: or secrets: in meridian.yml, and leave the file out here.";

    private final ComposeDocument compose;
    private final Problems problems;

    /** For this Compose file. */
    public ServerFitness(ComposeDocument compose, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks the whole file. */
    public void check() {
        compose.services().forEach(this::checkService);
        checkLocalFiles("configs");
        checkLocalFiles("secrets");
        checkExternal("networks");
        checkExternal("volumes");
        checkInclude();
        warnOfVolumes();
    }

    private void checkService(ComposeService service) {
        String path = "services." + service.name();
        list(service.body(), "volumes").forEach(volume -> checkBindMount(path, volume));
        list(service.body(), "env_file").forEach(file -> checkEnvFile(path, file));
        service.body().get("extends").ifPresent(base -> checkExtends(path, base));
        service.body()
                .scalar("container_name")
                .ifPresent(name -> problems.warning(
                        name.where(),
                        "container-name",
                        path + ".container_name gives the container a fixed name",
                        "Leave it out: containers with the same name can't run side by side on one machine."));
    }

    private void checkBindMount(String path, YamlNode volume) {
        String source =
                switch (volume) {
                    case Scalar scalar -> Interpolation.of(scalar.text()).text().split(":", 2)[0];
                    case Mapping mapping ->
                        mapping.scalar("source")
                                .map(text -> Interpolation.of(text.text()).text())
                                .orElse("");
                    case Sequence sequence -> "";
                };
        if (local(source)) {
            problems.error(
                    volume.where(),
                    "local-files",
                    path + ".volumes mounts '" + source + "', which is not on a server",
                    "Copy the files into the image, or use a named volume.");
        }
    }

    private static boolean local(String source) {
        return source.startsWith(".") || source.startsWith("~");
    }

    private void checkEnvFile(String path, YamlNode file) {
        boolean optional = file instanceof Mapping mapping
                && mapping.scalar("required").map(Scalar::text).orElse("true").equals("false");
        if (!optional) {
            problems.error(
                    file.where(),
                    "local-files",
                    path + ".env_file names a file that is not on a server",
                    ENVIRONMENT_ADVICE);
        }
    }

    private void checkExtends(String path, YamlNode base) {
        if (base instanceof Mapping mapping && mapping.get("file").isPresent()) {
            notSent(mapping.where(), path + ".extends");
        }
    }

    private void checkInclude() {
        compose.root()
                .entry("include")
                .ifPresent(include -> notSent(include.key().where(), "include"));
    }

    private void notSent(Location where, String what) {
        problems.error(
                where,
                "local-files",
                what + " takes in another file, which is not on a server",
                "Write it into this file; 'docker compose config' prints the whole.");
    }

    private void checkLocalFiles(String key) {
        for (Entry entry : named(key)) {
            if (entry.value() instanceof Mapping mapping) {
                mapping.scalar("file")
                        .ifPresent(file -> problems.error(
                                file.where(),
                                "local-files",
                                key + "." + entry.key().text() + ".file names a file that is not on a server",
                                ENVIRONMENT_ADVICE));
            }
        }
    }

    private void checkExternal(String key) {
        for (Entry entry : named(key)) {
            if (external(entry)) {
                problems.error(
                        entry.key().where(),
                        "external",
                        key + "." + entry.key().text() + " is external, and nobody has made it on a new server",
                        "Leave 'external' out, so that Compose makes it.");
            }
        }
    }

    private void warnOfVolumes() {
        for (Entry entry : named("volumes")) {
            if (!external(entry)) {
                problems.warning(
                        entry.key().where(),
                        "volume-data",
                        "volumes." + entry.key().text() + " is empty on the servers of each new release",
                        "Keep what must last in a database outside the servers.");
            }
        }
    }

    private static boolean external(Entry entry) {
        return entry.value() instanceof Mapping mapping
                && mapping.get("external")
                        .filter(value -> !(value instanceof Scalar scalar
                                && scalar.text().equals("false")))
                        .isPresent();
    }

    private List<Entry> named(String key) {
        return compose.root()
                .get(key)
                .filter(Mapping.class::isInstance)
                .map(node -> ((Mapping) node).entries())
                .orElse(List.of());
    }

    private static Stream<YamlNode> list(Mapping body, String key) {
        return body.get(key).stream()
                .flatMap(node -> node instanceof Sequence sequence ? sequence.items().stream() : Stream.of(node));
    }
}
