package org.meridian.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Reads a file that a person wrote. */
final class SourceFile {
    private static final long LARGEST = 1_000_000;

    private SourceFile() {}

    /** The text; throws {@link Failure} when there is none, with {@code ifMissing} as what to do about that. */
    static String read(Path file, String ifMissing) {
        try {
            if (Files.isDirectory(file)) {
                throw failure("not-a-file", file + " is a directory", "Name the file in it.");
            }
            if (Files.size(file) > LARGEST) {
                throw failure("too-large", file + " is larger than a megabyte", "Name the right file.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw failure("missing-file", "there is no " + file, ifMissing);
        } catch (CharacterCodingException e) {
            throw failure("not-utf-8", file + " is not text in UTF-8", "Save it as UTF-8.");
        } catch (IOException e) {
            throw failure("unreadable", "can't read " + file + ": " + e.getMessage(), "Check its permissions.");
        }
    }

    private static Failure failure(String code, String summary, String suggestion) {
        return Failure.usage(Diagnostic.of(code, summary, suggestion));
    }
}
