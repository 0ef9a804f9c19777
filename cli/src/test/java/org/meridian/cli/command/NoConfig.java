package org.meridian.cli.command;

import java.nio.file.Path;
import org.meridian.cli.ConfigFiles;
import org.meridian.config.Starter;
import org.meridian.core.model.App;

/** Configuration files that nobody reads. */
final class NoConfig implements ConfigFiles {
    @Override
    public App load(Path file) {
        throw new AssertionError("not read here: " + file);
    }

    @Override
    public String schema() {
        throw new AssertionError("not read here");
    }

    @Override
    public Starter starter(Path file) {
        throw new AssertionError("not read here: " + file);
    }
}
