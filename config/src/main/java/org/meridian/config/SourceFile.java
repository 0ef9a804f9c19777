package org.meridian.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.file.RawPath;
import org.meridian.core.file.UnfitFile;

/** Reads a file that a person wrote. */
final class SourceFile {
    private SourceFile() {}

    /** The text; throws {@link Failure} when there is none, with {@code ifMissing} as what to do about that. */
    static String read(Path file, String ifMissing) {
        try {
            String text = BoundedFile.text(file, BoundedFile.MEGABYTE);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw RawPath.lost(file)
                    ? failure("raw-path", RawPath.summary(file), RawPath.suggestion())
                    : failure("missing-file", "there is no " + file, ifMissing);
        } catch (CharacterCodingException e) {
            throw failure("not-utf-8", file + " is not text in UTF-8", "Save it as UTF-8.");
        } catch (UnfitFile e) {
            throw failure(e.code(), file + " " + e.getReason(), e.suggestion());
        } catch (IOException e) {
            throw failure("unreadable", "can't read " + file + ": " + BoundedFile.reason(e), "Check its permissions.");
        }
    }

    private static Failure failure(String code, String summary, String suggestion) {
        return Failure.usage(Diagnostic.of(code, summary, suggestion));
    }
}
