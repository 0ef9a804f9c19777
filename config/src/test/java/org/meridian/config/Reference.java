package org.meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** The documentation's files, which the tests load. */
final class Reference {
    private static final Path DIRECTORY = find();
    static final Path FILE = DIRECTORY.resolve("meridian.yml");
    static final Path SCHEMA = DIRECTORY.resolve("meridian.schema.json");

    private Reference() {}

    /** Maven runs tests in the module, an editor perhaps in the checkout. */
    private static Path find() {
        Path inModule = Path.of("..", "docs", "reference");
        return Files.isDirectory(inModule) ? inModule : Path.of("docs", "reference");
    }
}
