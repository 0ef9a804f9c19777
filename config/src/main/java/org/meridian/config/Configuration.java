package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.config.compose.PlacedFiles;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.ImageMirror;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.LogSettings;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.SshSettings;

/**
 * A configuration that was read and checked.
 *
 * @param file      the configuration file
 * @param directory the directory that it lies in; paths in it are relative to this one
 * @param compose   the Compose file
 * @param state     where Meridian's own state is
 * @param terraform what it says about Terraform
 * @param app       what it says
 * @param machines  the machines of each region whose servers exist already
 * @param ssh       how machines are reached
 * @param deployKey where the key is that all who deploy share; empty where each machine makes its own
 * @param logs      what becomes of what containers write
 * @param mirror    what Docker Hub's images come through; empty for Docker Hub itself
 * @param push      whether the app's image goes to servers from this machine's engine
 * @param unreleasable what keeps a new release from being made, and nothing else, in the order of the files
 * @param warnings  what works and may surprise, in the order of the files
 */
public record Configuration(
        Path file,
        Path directory,
        Path compose,
        StateLocation state,
        TerraformConfiguration terraform,
        App app,
        Map<RegionName, HostsLocation> machines,
        SshSettings ssh,
        Optional<SecretReference> deployKey,
        LogSettings logs,
        Optional<ImageMirror> mirror,
        ImagePush push,
        List<Diagnostic> unreleasable,
        List<Diagnostic> warnings) {
    static final String LOCAL = ".meridian";

    /** Copies the collections. */
    public Configuration {
        requireNonNull(file, "file is null");
        requireNonNull(directory, "directory is null");
        requireNonNull(compose, "compose is null");
        requireNonNull(state, "state is null");
        requireNonNull(terraform, "terraform is null");
        requireNonNull(app, "app is null");
        machines = Map.copyOf(machines);
        requireNonNull(ssh, "ssh is null");
        requireNonNull(deployKey, "deployKey is null");
        requireNonNull(logs, "logs is null");
        requireNonNull(mirror, "mirror is null");
        requireNonNull(push, "push is null");
        unreleasable = List.copyOf(unreleasable);
        warnings = List.copyOf(warnings);
    }

    /** The same, for what makes a new release; throws {@link Failure} of the usage kind with all that keeps it from that. */
    public Configuration requireReleasable() {
        if (!unreleasable.isEmpty()) {
            throw Failure.usage(unreleasable);
        }
        return this;
    }

    /** The directory that the paths of files beside the Compose file count from: it has that file in it, and this one. */
    public Path top() {
        return PlacedFiles.top(directory, compose.resolveSibling("").normalize());
    }

    /** The directory for what stays on this machine, such as the key of SSH; it need not exist yet. */
    public Path local() {
        return state instanceof StateLocation.Directory here ? here.path() : directory.resolve(LOCAL);
    }
}
