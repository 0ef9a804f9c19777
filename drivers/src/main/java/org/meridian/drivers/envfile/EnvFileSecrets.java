package org.meridian.drivers.envfile;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;

/**
 * Secrets in a dotenv file: the reference {@code env-file:PATH} names it, relative to the configuration's directory.
 *
 * <p>The file should be readable by its owner alone ({@code chmod 600}) and not be under version control. Meridian does
 * not refuse another mode, because file systems differ in what modes mean.
 */
public final class EnvFileSecrets implements SecretStore {
    private static final int VERSION_DIGITS = 12;

    private final Path directory;

    /** Secrets in files whose paths are relative to this directory. */
    public EnvFileSecrets(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    @Override
    public String scheme() {
        return "env-file";
    }

    /**
     * Reads the file anew.
     *
     * @param reference the path, with or without {@code env-file:} before it
     * @throws Failure of kind USAGE when there is no such file or it is malformed, with line and column
     */
    @Override
    public Values fetch(String reference) {
        String path = reference.startsWith("env-file:") ? reference.substring("env-file:".length()) : reference;
        byte[] content = read(path);
        return new Values(version(content), new DotEnv(path, text(path, content)).parse());
    }

    private byte[] read(String path) {
        try {
            return Files.readAllBytes(directory.resolve(path));
        } catch (NoSuchFileException e) {
            throw unreadable(path, "there is no such file", "Make it with lines like PASSWORD=…, or mend the path.");
        } catch (IOException e) {
            throw unreadable(path, String.valueOf(e.getMessage()), "Make it a file that you can read.");
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
                Diagnostic.of("bad-env-file", "can't read the secrets in " + path + ": " + why, suggestion));
    }

    private static String version(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
