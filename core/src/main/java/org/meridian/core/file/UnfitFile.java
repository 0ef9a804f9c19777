package org.meridian.core.file;

import static java.util.Objects.requireNonNull;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file is there and is of the wrong kind or too large; its reason says so after the file's name. */
public final class UnfitFile extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String suggestion;

    UnfitFile(Path file, String code, String reason, String suggestion) {
        super(file.toString(), null, reason);
        this.code = requireNonNull(code, "code is null");
        this.suggestion = requireNonNull(suggestion, "suggestion is null");
    }

    /** For a diagnostic. */
    public String code() {
        return code;
    }

    /** What to do about it, for a person. */
    public String suggestion() {
        return suggestion;
    }
}
