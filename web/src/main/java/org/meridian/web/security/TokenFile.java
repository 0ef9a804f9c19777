package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;

/** Keeps a token in a file that only its owner may read. */
public final class TokenFile {
    /** 256 bits cannot be guessed (RFC 6750, 5.2 leaves the number open). */
    private static final int BYTES = 32;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    /** A token kept in that file, whose directory is made when it is needed. */
    public TokenFile(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** The token as it is kept, or a new one where none is, or where {@code anew} says so. */
    public Kept token(boolean anew) {
        try {
            return anew || !Files.exists(file) ? make() : new Kept(read(), false);
        } catch (IOException e) {
            throw Failure.of(
                    Diagnostic.of(
                            "token-file",
                            "the dashboard's token can't be kept in " + file + ": " + e.getMessage(),
                            "See that the directory may be written."),
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
        String token = Files.readString(file).strip();
        if (!FORM.matcher(token).matches()) {
            throw Failure.usage(Diagnostic.of(
                    "bad-token-file",
                    file + " holds no token that Meridian made",
                    "Make a new one with 'meridian ui --new-token'."));
        }
        return Secret.of(token);
    }

    /** Written beside it and moved, so that nobody finds half a token, and an old file's permissions do not stay. */
    private Kept make() throws IOException {
        Path directory = requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        Files.createDirectories(directory, permissions("rwx------"));
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path beside = Files.createTempFile(directory, "token", "", permissions("rw-------"));
        Files.writeString(beside, token + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Kept(Secret.of(token), true);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String form) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(form));
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
