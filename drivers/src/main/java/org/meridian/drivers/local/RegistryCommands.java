package org.meridian.drivers.local;

import static org.meridian.drivers.local.LocalNames.ROLE;
import static org.meridian.drivers.local.LocalNames.label;

import java.time.Duration;
import org.meridian.core.model.ImageReference;
import org.meridian.drivers.command.Command;

/**
 * The Docker commands about the local registry and the images in it, as data.
 *
 * @param names how things are named
 */
record RegistryCommands(LocalNames names) {
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    /** Prints the app label, the status and the port on 127.0.0.1, separated by tabs. */
    Command inspect() {
        String template = "{{index .Config.Labels \"" + LocalNames.APP + "\"}}\t{{.State.Status}}\t"
                + "{{range index .HostConfig.PortBindings \"" + LocalRegistry.PORT + "/tcp\"}}{{.HostPort}}{{end}}";
        return Command.of("docker", "container", "inspect", "--format", template, names.registry());
    }

    Command run(String image, int port) {
        return Command.of("docker", "run", "--detach", "--name", names.registry(), "--hostname", names.registry())
                .with("--restart", "unless-stopped")
                .with("--publish", "127.0.0.1:" + port + ":" + LocalRegistry.PORT)
                .with("--volume", "/var/lib/registry")
                .with("--label", names.appLabel(), "--label", label(ROLE, "registry"))
                .with(image, "registry")
                .within(Duration.ofMinutes(1));
    }

    Command start() {
        return Command.of("docker", "start", names.registry());
    }

    Command remove() {
        return Command.of("docker", "rm", "--force", "--volumes", names.registry());
    }

    /** Prints the image's id when the engine has it. */
    static Command imageId(ImageReference image) {
        return Command.of("docker", "image", "inspect", "--format", "{{.Id}}", image.toString());
    }

    static Command pull(ImageReference image) {
        return Command.of("docker", "pull", "--quiet", image.toString()).within(TRANSFER);
    }

    static Command tag(String imageId, ImageReference name) {
        return Command.of("docker", "tag", imageId, name.toString());
    }

    static Command push(ImageReference name) {
        return Command.of("docker", "push", "--quiet", name.toString()).within(TRANSFER);
    }

    /** Takes a name away; the image stays under its others. */
    static Command untag(ImageReference name) {
        return Command.of("docker", "rmi", "--no-prune", name.toString());
    }
}
