package org.meridian.cli;

import java.nio.file.Path;
import org.meridian.core.model.App;

/** Reads configuration files with the config module. */
final class YamlConfig implements ConfigFiles {
    @Override
    public App load(Path file) {
        throw new UnsupportedOperationException("not wired yet: " + file);
    }

    @Override
    public String schema() {
        throw new UnsupportedOperationException("not wired yet");
    }

    @Override
    public String starter(Path directory) {
        throw new UnsupportedOperationException("not wired yet: " + directory);
    }
}
