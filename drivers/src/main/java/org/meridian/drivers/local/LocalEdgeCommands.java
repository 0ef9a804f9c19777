package org.meridian.drivers.local;

import static org.meridian.drivers.local.LocalNames.ROLE;
import static org.meridian.drivers.local.LocalNames.label;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meridian.drivers.command.Command;

/**
 * The Docker commands about the local edge, as data.
 *
 * @param names how things are named
 */
record LocalEdgeCommands(LocalNames names) {
    /** The port that HAProxy listens on in the container. */
    private static final int PORT = 80;

    /** Prints the app label, whether it runs, the port on 127.0.0.1 and its share, separated by tabs. */
    Command inspect() {
        String template = "{{index .Config.Labels \"" + LocalNames.APP + "\"}}\t{{.State.Running}}\t"
                + "{{range index .HostConfig.PortBindings \"" + PORT
                + "/tcp\"}}{{.HostPort}}{{end}}\t{{.HostConfig.CpuShares}}";
        return Command.of("docker", "container", "inspect", "--format", template, names.edge());
    }

    /** What HAProxy starts with lies in a volume, so that it outlives the container. */
    Command createVolume() {
        return Command.of("docker", "volume", "create")
                .with("--label", names.appLabel(), "--label", label(ROLE, "edge"), names.edge());
    }

    Command run(String image, int port) {
        return Command.of("docker", "run", "--detach", "--name", names.edge(), "--hostname", names.edge())
                .with("--restart", "unless-stopped")
                .with(ProcessorShare.EDGE.options().toArray(String[]::new))
                .with("--publish", "127.0.0.1:" + port + ":" + PORT)
                .with("--volume", names.edge() + ":/etc/haproxy")
                .with("--log-opt", "max-size=10m", "--log-opt", "max-file=3")
                .with("--label", names.appLabel(), "--label", label(ROLE, "edge"))
                .with(image, "edge")
                .within(Duration.ofMinutes(1));
    }

    Command raise() {
        return Command.of("docker", "update")
                .with(ProcessorShare.EDGE.options().toArray(String[]::new))
                .with(names.edge());
    }

    Command start() {
        return Command.of("docker", "start", names.edge());
    }

    /** The command run in the container, with its input and its time limit. */
    Command inside(Command command) {
        List<String> argv = new ArrayList<>(List.of("docker", "exec", "--interactive", names.edge()));
        argv.addAll(command.argv());
        return new Command(argv, command.input(), command.timeout());
    }

    /** Prints a file of the container, running or not, as a tar archive. */
    Command read(String path) {
        return Command.of("docker", "cp", "--follow-link", names.edge() + ":" + path, "-");
    }

    /** HAProxy's master process is the container's first. */
    Command reload() {
        return Command.of("docker", "kill", "--signal", "USR2", names.edge());
    }

    Command remove() {
        return Command.of("docker", "rm", "--force", names.edge());
    }

    Command removeVolume() {
        return Command.of("docker", "volume", "rm", "--force", names.edge());
    }
}
