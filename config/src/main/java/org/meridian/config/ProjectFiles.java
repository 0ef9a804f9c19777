package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.meridian.config.ComposeViews.View;
import org.meridian.config.compose.LocalFiles;
import org.meridian.config.compose.PlacedFiles;
import org.meridian.config.compose.VariablesFile;
import org.meridian.config.document.Problems;
import org.meridian.core.model.BesideFiles;
import org.meridian.core.model.ComposeFile;

/**
 * What goes to the servers with the Compose file.
 *
 * @param beside files whose content is part of a release
 * @param hidden references to files that may hold secrets
 */
record ProjectFiles(BesideFiles beside, List<String> hidden) {
    ProjectFiles {
        requireNonNull(beside, "beside is null");
        hidden = List.copyOf(hidden);
    }

    /** What any of the regions' views of the project needs; with a problem kept for each file that can't go. */
    static ProjectFiles of(Path directory, List<View> views, Problems problems) {
        if (views.isEmpty()) {
            return new ProjectFiles(BesideFiles.NONE, List.of());
        }
        Path compose = views.getFirst().document().files().getFirst();
        PlacedFiles placed = new PlacedFiles(
                PlacedFiles.top(directory, compose.resolveSibling("").normalize()), problems);
        BesideFiles beside = BesideFiles.NONE;
        for (View view : views) {
            beside = new LocalFiles(view.document(), placed, problems).gather(VariablesFile.of(directory, compose));
        }
        return new ProjectFiles(
                beside,
                placed.hidden().stream().map(path -> ComposeFile.HIDDEN + path).toList());
    }
}
