package org.meridian.cli;

import java.nio.file.Path;
import org.meridian.config.ConfigurationLoader;
import org.meridian.config.ConfigurationSchema;
import org.meridian.config.Initializer;
import org.meridian.core.model.App;

/** Reads configuration files with the config module. */
final class YamlConfig implements ConfigFiles {
    @Override
    public App load(Path file) {
        return new ConfigurationLoader().load(file).app();
    }

    @Override
    public Path local(Path file) {
        return new ConfigurationLoader().load(file).local();
    }

    @Override
    public String schema() {
        return ConfigurationSchema.json();
    }

    @Override
    public String starter(Path directory) {
        return new Initializer().propose(directory);
    }
}
