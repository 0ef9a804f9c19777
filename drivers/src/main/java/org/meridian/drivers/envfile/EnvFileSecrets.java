package org.meridian.drivers.envfile;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.ContentVersion;
import org.meridian.drivers.secret.SecretText;

/**
 * Secrets in a dotenv file: the reference {@code env-file:PATH} names it, relative to the configuration's directory.
 *
 * <p>The file should be readable by its owner alone ({@code chmod 600}) and not be under version control. Meridian does
 * not refuse another mode, because file systems differ in what modes mean.
 */
public final class EnvFileSecrets implements SecretStore {
    private final Path directory;

    /** Secrets in files whose paths are relative to this directory. */
    public EnvFileSecrets(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    @Override
    public String scheme() {
        return "env-file";
    }

    @Override
    public boolean keepsVersions() {
        return false;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    /**
     * Reads the file again.
     *
     * @throws Failure of kind USAGE when there is no such file or it is malformed, with line and column
     */
    @Override
    public Values fetch(Wanted wanted) {
        byte[] content = read(wanted.name());
        return new Values(
                ContentVersion.of(content), new SecretText(wanted.name(), text(wanted.name(), content)).lines());
    }

    private byte[] read(String path) {
        try {
            return BoundedFile.bytes(directory.resolve(path), BoundedFile.MEGABYTE);
        } catch (NoSuchFileException e) {
            throw unreadable(path, "there is no such file", "Make it with lines like PASSWORD=…, or correct the path.");
        } catch (IOException e) {
            throw unreadable(path, BoundedFile.reason(e), "Make it a file that you can read.");
        } catch (InvalidPathException e) {
            throw unreadable(path, "that is no path", "Make it a file that you can read.");
        }
    }

    private static String text(String path, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it is not text in UTF-8", "Save it as UTF-8.");
        }
    }

    private static Failure unreadable(String path, String why, String suggestion) {
        return Failure.usage(
                Diagnostic.of("bad-secrets", "can't read the secrets in " + path + ": " + why, suggestion));
    }
}
