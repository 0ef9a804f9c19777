package org.meridian.cli;

import java.nio.file.Path;
import org.meridian.core.model.App;

/** What the commands need to know about configuration files. */
public interface ConfigFiles {
    /** Reads and checks a file; throws a Failure of kind USAGE that lists every problem. */
    App load(Path file);

    /** Where a file that loads keeps what stays on this machine, such as keys. */
    default Path local(Path file) {
        return file.resolveSibling(".meridian");
    }

    /** The JSON Schema of a configuration file, for editors. */
    String schema();

    /** The text of a working configuration for a directory with a Compose file; throws Failure where there is none. */
    String starter(Path directory);
}
