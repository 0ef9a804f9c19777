package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.Secret;

/** Keeps a token in a file that only its owner may read. */
public final class TokenFile {
    /** 256 bits cannot be guessed (RFC 6750, 5.2 leaves the number open). */
    private static final int BYTES = 32;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final LocalDirectory directory;
    private final String name;
    private final Path file;

    /** A token kept in a file of that name, in a directory that is made when it is needed. */
    public TokenFile(LocalDirectory directory, String name) {
        this.directory = requireNonNull(directory, "directory is null");
        this.name = requireNonNull(name, "name is null");
        this.file = directory.file(name);
    }

    /** The token as it is kept, or a new one where none is, or where {@code renew} says so. */
    public Kept token(boolean renew) {
        try {
            return renew || !Files.exists(file) ? make() : new Kept(read(), false);
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "token-file",
                            "the dashboard's token can't be kept in " + file + ": " + BoundedFile.reason(e),
                            "See that the directory is yours and may be written, and that the disk is not full."),
                    e);
        }
    }

    private Secret read() throws IOException {
        if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw Failure.usage(Diagnostic.of(
                    "token-readable",
                    "others may read " + file + ", which lets them into the dashboard",
                    "Make a new one with 'meridian ui --new-token'."));
        }
        String token = BoundedFile.text(file, BoundedFile.MEGABYTE).strip();
        if (!FORM.matcher(token).matches()) {
            throw Failure.usage(Diagnostic.of(
                    "bad-token-file",
                    file + " holds no token that Meridian made",
                    "Make a new one with 'meridian ui --new-token'."));
        }
        return Secret.of(token);
    }

    private Kept make() throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        directory.write(name, token + "\n");
        return new Kept(Secret.of(token), true);
    }

    /**
     * A token that is kept.
     *
     * @param token the token
     * @param fresh whether it was made just now
     */
    public record Kept(Secret token, boolean fresh) {
        /** Checks that it is not null. */
        public Kept {
            requireNonNull(token, "token is null");
        }
    }
}
