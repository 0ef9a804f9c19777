package org.meridian.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.file.BoundedFile;

/** The file that a GitHub Actions job shows as its summary (docs.github.com, "Workflow commands", job summary). */
record JobSummary(Path file) {
    static Optional<JobSummary> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("GITHUB_STEP_SUMMARY"))
                .filter(path -> !path.isBlank())
                .map(path -> new JobSummary(Path.of(path)));
    }

    /** Appends Markdown; tells why in words where it can't. */
    Optional<String> add(List<String> lines) {
        try {
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The job's summary could not be written: " + BoundedFile.reason(e));
        }
    }
}
