package org.meridian.drivers.envfile;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.ContentVersion;

/**
 * Files beside the Compose file that may hold secrets: {@code .env}, files under {@code env_file} and files of Compose's
 * {@code secrets}. A reference names one file, and its value is the whole of it, in Base64.
 */
public final class HiddenFiles implements SecretStore {
    private final Path directory;

    /** Files whose paths are relative to this directory. */
    public HiddenFiles(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    @Override
    public String scheme() {
        return ComposeFile.HIDDEN.substring(0, ComposeFile.HIDDEN.length() - 1);
    }

    @Override
    public boolean keepsVersions() {
        return false;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    /** Reads the file again; throws a Failure of kind USAGE when that can't be done. */
    @Override
    public Values fetch(Wanted wanted) {
        try {
            byte[] content = BoundedFile.bytes(directory.resolve(wanted.name()), BoundedFile.MEGABYTE);
            Secret value = Secret.of(Base64.getEncoder().encodeToString(content));
            return new Values(ContentVersion.of(content), Map.of(ComposeFile.HIDDEN + wanted.name(), value));
        } catch (IOException e) {
            throw Failure.usage(Diagnostic.of(
                    "unreadable",
                    "can't read " + wanted.name() + ", which the Compose file names: " + BoundedFile.reason(e),
                    "Make it a file that you can read."));
        }
    }
}
