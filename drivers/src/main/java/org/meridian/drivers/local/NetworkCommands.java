package org.meridian.drivers.local;

import static org.meridian.drivers.local.LocalNames.REGION;
import static org.meridian.drivers.local.LocalNames.ROLE;
import static org.meridian.drivers.local.LocalNames.label;

import org.meridian.core.model.RegionName;
import org.meridian.drivers.command.Command;

/**
 * The Docker commands about networks, as data.
 *
 * @param names how things are named
 */
record NetworkCommands(LocalNames names) {
    /** What {@link #labelOf} prints for a network without the app's label. */
    static final String NO_LABEL = "<no value>";

    Command create(RegionName region) {
        return Command.of("docker", "network", "create")
                .with("--label", names.appLabel(), "--label", label(ROLE, "network"))
                .with("--label", label(REGION, region), names.network(region));
    }

    /** Prints the value of a network's app label. */
    static Command labelOf(String network) {
        String template = "{{index .Labels \"" + LocalNames.APP + "\"}}";
        return Command.of("docker", "network", "inspect", "--format", template, network);
    }

    static Command connect(String network, String container) {
        return Command.of("docker", "network", "connect", network, container);
    }

    static Command disconnect(String network, String container) {
        return Command.of("docker", "network", "disconnect", "--force", network, container);
    }

    /** Prints the ids of all containers on a network, one a line. */
    static Command members(String network) {
        String template = "{{range $id, $_ := .Containers}}{{println $id}}{{end}}";
        return Command.of("docker", "network", "inspect", "--format", template, network);
    }

    /** Prints the names of the networks that containers are attached to. */
    static Command networksOf(String container) {
        String template = "{{range $name, $_ := .NetworkSettings.Networks}}{{println $name}}{{end}}";
        return Command.of("docker", "container", "inspect", "--format", template, container);
    }

    /** Prints the ids of the app's networks, one a line. */
    Command ofApp() {
        return Command.of("docker", "network", "ls", "--quiet", "--filter", "label=" + names.appLabel());
    }

    static Command remove(String network) {
        return Command.of("docker", "network", "rm", network);
    }
}
