package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/**
 * Names what works on a laptop and can't work on several machines, or surprises there.
 *
 * <p>Servers get the Compose file, the environment and the files that it names, nothing else: networks and volumes made by
 * hand are not there.
 */
public final class ServerFitness {
    private final ComposeDocument compose;
    private final Set<String> lasting;
    private final Problems problems;

    /** For this Compose file; {@code lasting} are the volumes that outlive releases on a machine that stays. */
    public ServerFitness(ComposeDocument compose, Set<String> lasting, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.lasting = Set.copyOf(lasting);
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Checks the whole project, but for the files that it names. */
    public void check() {
        new KnownKeys(problems).check(compose);
        new References(compose, problems).check();
        checkExternal("networks");
        checkExternal("volumes");
        compose.services().forEach(this::check);
    }

    private void check(ComposeService service) {
        warnOfContainerName(service);
        warnOfPower(service);
        warnOfGpu(service);
    }

    private void checkExternal(String key) {
        for (Entry entry : compose.named(key)) {
            boolean stays =
                    key.equals("volumes") && lasting.contains(entry.key().text());
            if (external(entry) && !stays) {
                problems.error(
                        entry.key().where(),
                        "external",
                        key + "." + entry.key().text() + " is external, and nobody has made it on a new server",
                        "Leave 'external' out, so that Compose makes it.");
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

    /** What gives a container power over the machine, on which other releases and apps may run. */
    private void warnOfPower(ComposeService service) {
        String path = "services." + service.name();
        service.body()
                .scalar("privileged")
                .filter(value -> value.text().equals("true"))
                .ifPresent(value -> problems.warning(
                        value.where(),
                        "privileged",
                        path + ".privileged lets the container do anything on each server",
                        "Leave it out, or give it what it needs by cap_add or devices."));
        service.body()
                .scalar("network_mode")
                .filter(mode -> mode.text().equals("host"))
                .ifPresent(mode -> problems.warning(
                        mode.where(),
                        "host-network",
                        path
                                + ".network_mode host takes ports of the server, and two releases can't have the same ones",
                        "Leave it out, and write the ports under 'ports:'."));
        Mount.of(service).stream()
                .filter(mount -> mount.source().endsWith("/docker.sock"))
                .forEach(mount -> problems.warning(
                        mount.where(),
                        "docker-socket",
                        path + " gets the Docker engine of each server, and with it everything there",
                        "Leave it out, unless the service has to see all containers."));
    }

    private void warnOfGpu(ComposeService service) {
        Stream.of("gpus", "runtime", "deploy")
                .flatMap(key -> service.body().entry(key).stream())
                .filter(entry -> asksForGpu(entry.key().text(), entry.value()))
                .findFirst()
                .ifPresent(
                        entry -> problems.warning(
                                entry.key().where(),
                                "gpu",
                                "services." + service.name() + "." + entry.key().text()
                                        + " asks for a GPU; Meridian installs neither its driver nor the container toolkit on a"
                                        + " server",
                                "Run it on machines that have both, such as your own with 'provider: hosts', or leave it out."));
    }

    /** Compose file reference, "gpus" and "devices" of "deploy.resources.reservations"; NVIDIA's container toolkit. */
    private static boolean asksForGpu(String key, YamlNode value) {
        return switch (key) {
            case "gpus" -> !(value instanceof Scalar scalar && scalar.absent());
            case "runtime" -> value instanceof Scalar scalar && scalar.text().equals("nvidia");
            default ->
                below(value, "resources")
                        .flatMap(resources -> below(resources, "reservations"))
                        .filter(Mapping.class::isInstance)
                        .stream()
                        .flatMap(reserved -> Shapes.items((Mapping) reserved, "devices"))
                        .anyMatch(device -> device instanceof Mapping form
                                && Shapes.names(form, "capabilities").stream()
                                        .anyMatch(name -> name.text().equals("gpu")));
        };
    }

    private static Optional<YamlNode> below(YamlNode node, String key) {
        return node instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
    }

    private void warnOfContainerName(ComposeService service) {
        service.body()
                .scalar("container_name")
                .ifPresent(name -> problems.warning(
                        name.where(),
                        "container-name",
                        "services." + service.name() + ".container_name gives the container a fixed name",
                        "Leave it out: two releases can't run side by side with it, so Meridian leaves it out on machines they"
                                + " share."));
    }
}
