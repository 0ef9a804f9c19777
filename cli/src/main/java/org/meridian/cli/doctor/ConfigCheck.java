package org.meridian.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.cli.ConfigFiles;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;

/** Whether the configuration loads; remembers the app for the checks that need it. */
final class ConfigCheck implements Check {
    private static final String NAME = "config";

    private final ConfigFiles config;
    private final Path file;
    private Optional<App> app = Optional.empty();

    ConfigCheck(ConfigFiles config, Path file) {
        this.config = config;
        this.file = file;
    }

    @Override
    public Finding look() {
        if (!Files.exists(file)) {
            return Finding.warn(
                    NAME,
                    "there is no " + file,
                    "Run 'meridian init' beside your Compose file, or name one with --config.");
        }
        try {
            App loaded = config.load(file);
            app = Optional.of(loaded);
            config.requireReleasable(file);
            return Finding.ok(NAME, file + " is valid: " + loaded.name() + " in " + regions(loaded));
        } catch (Failure e) {
            int count = e.diagnostics().size();
            return Finding.fail(
                    NAME,
                    file + " has " + count + (count == 1 ? " problem" : " problems"),
                    e.diagnostics().stream().map(ConfigCheck::line).collect(Collectors.joining("\n")));
        }
    }

    private static String regions(App app) {
        return app.regions().size() == 1 ? "1 region" : app.regions().size() + " regions";
    }

    private static String line(Diagnostic problem) {
        String where = problem.where().map(place -> place + ": ").orElse("");
        String suggestion = problem.suggestion().isEmpty() ? "" : " - " + problem.suggestion();
        return where + problem.summary() + suggestion;
    }

    /** The app, once it was found to be valid. */
    Optional<App> app() {
        return app;
    }
}
