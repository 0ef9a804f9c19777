package org.meridian.drivers.local;

import static org.meridian.drivers.local.LocalNames.MAKER;
import static org.meridian.drivers.local.LocalNames.REGION;
import static org.meridian.drivers.local.LocalNames.RELEASE;
import static org.meridian.drivers.local.LocalNames.REVISION;
import static org.meridian.drivers.local.LocalNames.ROLE;
import static org.meridian.drivers.local.LocalNames.SERVER;
import static org.meridian.drivers.local.LocalNames.STORE;
import static org.meridian.drivers.local.LocalNames.label;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.bootstrap.TextArchive;
import org.meridian.core.bootstrap.UserData;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.Region;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.StoreMark;
import org.meridian.drivers.command.Command;

/**
 * The Docker commands about machines, as data.
 *
 * @param names how things are named
 */
record MachineCommands(LocalNames names) {
    private static final Duration SLOW = Duration.ofMinutes(2);
    private static final String HOST_KEY = "/etc/ssh/ssh_host_ed25519_key.pub";
    private static final String SEED = "/var/lib/cloud/seed/nocloud";

    /**
     * What a whole machine in a container needs: all capabilities but one that an outer container may lack, no
     * confinement of system calls, its own cgroups, and a volume so that its engine can stack file systems.
     */
    private static final List<String> MACHINE = Stream.of(
                    "--cap-add ALL --cap-drop SYS_RESOURCE",
                    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined",
                    "--security-opt systempaths=unconfined --cgroupns private",
                    "--tmpfs /run --tmpfs /run/lock --tmpfs /tmp --volume /var/lib/docker",
                    "--stop-signal SIGRTMIN+3 --stop-timeout 30 --env container=docker")
            .flatMap(options -> Stream.of(options.split(" ", -1)))
            .toList();

    /** Prints a line for each container, as {@link LocalMachine} reads it. */
    Command inspect(List<String> ids) {
        return Command.of("docker", "container", "inspect", "--format", LocalMachine.template(names))
                .with(ids.toArray(String[]::new));
    }

    /** Creates it, with the registry that it reaches by this name, and at this port of its own loopback. */
    Command create(
            Region region,
            MachineSpec machine,
            Optional<StoreMark> store,
            String image,
            String registry,
            String registryPort) {
        List<String> argv = new ArrayList<>(List.of("docker", "create"));
        argv.addAll(List.of("--name", machine.name().value()));
        argv.addAll(List.of("--hostname", machine.name().value()));
        argv.addAll(List.of("--network", names.network(region.name())));
        argv.addAll(List.of("--restart", "unless-stopped"));
        argv.addAll(MACHINE);
        argv.addAll(List.of("--env", "MERIDIAN_REGISTRY=" + registry + ":" + LocalRegistry.PORT));
        argv.addAll(List.of("--env", "MERIDIAN_REGISTRY_PORT=" + registryPort));
        argv.addAll(share(machine).options());
        ServerSize.of(region).map(ServerSize::options).ifPresent(argv::addAll);
        for (String label : labels(region, machine)) {
            argv.addAll(List.of("--label", label));
        }
        store.ifPresent(mark -> {
            argv.addAll(List.of("--label", label(STORE, mark.store())));
            argv.addAll(List.of("--label", label(MAKER, mark.maker())));
        });
        argv.addAll(List.of(image, "server"));
        return Command.of(argv).within(SLOW);
    }

    /** What a release brings gets its share with the traffic. */
    private static ProcessorShare share(MachineSpec machine) {
        return machine.server().isPresent() ? ProcessorShare.BOOTING : ProcessorShare.SERVING;
    }

    /** One that outlives releases bears no release's label. */
    private List<String> labels(Region region, MachineSpec machine) {
        List<String> labels =
                new ArrayList<>(List.of(names.appLabel(), label(ROLE, "server"), label(REGION, region.name())));
        if (machine.lifetime() instanceof MachineSpec.Lifetime.Release(ReleaseId release, String revision)) {
            labels.add(label(RELEASE, release));
            labels.add(label(REVISION, revision));
        }
        labels.add(label(SERVER, machine.name()));
        return labels;
    }

    /** Puts the user data where cloud-init's NoCloud source looks for it. */
    static Command seed(MachineName machine, UserData userData) {
        TextArchive files = TextArchive.empty()
                .with("user-data", 0600, userData.text())
                .with("meta-data", 0600, "instance-id: " + machine + "\nlocal-hostname: " + machine + "\n");
        return Command.of("docker", "cp", "-", machine + ":" + SEED)
                .reading(files.text().reveal());
    }

    static Command start(MachineName machine) {
        return Command.of("docker", "start", machine.value()).within(SLOW);
    }

    static Command unpause(MachineName machine) {
        return Command.of("docker", "unpause", machine.value());
    }

    /** Removes containers with their volumes, running or not. */
    static Command remove(List<String> containers) {
        return Command.of("docker", "rm", "--force", "--volumes")
                .with(containers.toArray(String[]::new))
                .within(SLOW);
    }

    /** Prints the public host key; fails while there is none. */
    static Command hostKey(String container) {
        return Command.of("docker", "exec", container, "cat", HOST_KEY);
    }

    /** Prints the public host key as soon as there is one; one waiting process there is cheaper than asking often. */
    static Command awaitHostKey(String container) {
        String script = "until [ -s " + HOST_KEY + " ]; do sleep 0.1; done; cat " + HOST_KEY;
        return Command.of("docker", "exec", container, "timeout", "20", "sh", "-c", script)
                .within(Duration.ofSeconds(25));
    }

    /** Prints the full ids of the app's machines, one a line. */
    Command list() {
        return Command.of("docker", "ps", "--all", "--quiet", "--no-trunc")
                .with("--filter", "label=" + names.appLabel())
                .with("--filter", "label=" + label(ROLE, "server"));
    }
}
