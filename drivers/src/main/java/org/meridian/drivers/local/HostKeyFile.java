package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;

/**
 * The host keys of containers, kept in a file from the first time they were learned: a line each, the container's id and
 * the key. A container keeps its key for life, so one that changes later is refused and not learned again.
 */
final class HostKeyFile {
    private final LocalDirectory directory;
    private final String name;
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private boolean read;

    HostKeyFile(LocalDirectory directory, String name) {
        this.directory = requireNonNull(directory, "directory is null");
        this.name = requireNonNull(name, "name is null");
    }

    synchronized Optional<String> of(String container) {
        if (!read) {
            read();
        }
        return Optional.ofNullable(keys.get(container));
    }

    synchronized void keep(String container, String key) {
        if (key.equals(keys.put(container, key))) {
            return;
        }
        try {
            directory.append(name, container + " " + key + "\n");
        } catch (IOException e) {
            // Kept in memory, and learned from the engine again by the next command.
        }
    }

    private void read() {
        read = true;
        try {
            for (String line : BoundedFile.lines(directory.file(name), BoundedFile.MEGABYTE)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    keys.putIfAbsent(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was learned yet.
        } catch (IOException e) {
            // The engine is asked instead.
        }
    }
}
