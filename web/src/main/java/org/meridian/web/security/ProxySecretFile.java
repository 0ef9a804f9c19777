package org.meridian.web.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.Secret;

/** Reads the secret by which a trusted proxy proves itself; the proxy may read the file by its group. */
public final class ProxySecretFile {
    /** What can stand in a header's value, and can't be guessed. */
    private static final Pattern FORM = Pattern.compile("[!-~]{32,512}");

    private static final int LONGEST = 4 * 1024;

    private ProxySecretFile() {}

    /** The secret in that file; throws a Failure of kind USAGE for one that everybody may read, or that is too short. */
    public static Secret read(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw wrong(
                        file + " may be read by everybody, so everybody could say to be the proxy", "chmod 640 it.");
            }
            String secret = BoundedFile.text(file, LONGEST).strip();
            if (!FORM.matcher(secret).matches()) {
                throw wrong(
                        file + " holds no secret: 32 to 512 letters, digits and signs without a space",
                        "Make one with 'openssl rand -hex 32'.");
            }
            return Secret.of(secret);
        } catch (IOException e) {
            throw wrong(
                    "the proxy's secret can't be read from " + file + ": " + BoundedFile.reason(e),
                    "Name a file that is there.");
        }
    }

    private static Failure wrong(String summary, String suggestion) {
        return Failure.usage(Diagnostic.of("proxy-secret-file", summary, suggestion));
    }
}
