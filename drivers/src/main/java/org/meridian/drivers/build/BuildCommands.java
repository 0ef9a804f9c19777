package org.meridian.drivers.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.meridian.drivers.command.Command;

/** The Docker commands of a build, as data. */
record BuildCommands(BuildRequest request) {
    static Command hasBuildx() {
        return Command.of("docker", "buildx", "version");
    }

    /** Builds into this machine's engine. */
    Command build() {
        return command("docker", "build");
    }

    /** Builds and pushes in one go; what came of it is written to a file. */
    Command buildAndPush(Path metadata) {
        return command("docker", "buildx", "build", "--push", "--metadata-file", metadata.toString());
    }

    Command push() {
        return Command.of("docker", "push", request.image().toString()).within(request.within());
    }

    /** Prints the digests that the engine knows for the image, one a line. */
    Command digests() {
        return Command.of(
                "docker",
                "image",
                "inspect",
                "--format",
                "{{range .RepoDigests}}{{println .}}{{end}}",
                request.image().toString());
    }

    private Command command(String... beginning) {
        List<String> argv = new ArrayList<>(List.of(beginning));
        argv.addAll(List.of("--tag", request.image().toString()));
        request.file().ifPresent(file -> argv.addAll(List.of("--file", file.toString())));
        request.platform().ifPresent(platform -> argv.addAll(List.of("--platform", platform)));
        argv.add(request.context().toString());
        return Command.of(argv).within(request.within());
    }
}
