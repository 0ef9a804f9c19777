package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/**
 * Names what works beside the Compose file on a laptop and can't work on a server.
 *
 * <p>A server is a new machine for each release and gets the Compose file and the environment, nothing else: files next
 * to it, networks and volumes made by hand are not there, and what a volume holds goes with the server.
 */
public final class ServerFitness {
    private final ComposeDocument compose;
    private final Problems problems;

    /** For this Compose file. */
    public ServerFitness(ComposeDocument compose, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks the whole file. */
    public void check() {
        new LocalFiles(compose, problems).check();
        checkExternal("networks");
        checkExternal("volumes");
        warnOfVolumes();
        compose.services().forEach(this::warnOfContainerName);
    }

    private void checkExternal(String key) {
        for (Entry entry : compose.named(key)) {
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
        for (Entry entry : compose.named("volumes")) {
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

    private void warnOfContainerName(ComposeService service) {
        service.body()
                .scalar("container_name")
                .ifPresent(name -> problems.warning(
                        name.where(),
                        "container-name",
                        "services." + service.name() + ".container_name gives the container a fixed name",
                        "Leave it out: containers with the same name can't run side by side on one machine."));
    }
}
