package org.meridian.drivers.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host keys of containers, kept in a file from the first time they were learned: a line each, the container's id and
 * the key. A container keeps its key for life, so one that changes later is refused and not learned anew.
 */
final class HostKeyFile {
    private final Path file;
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private boolean read;

    HostKeyFile(Path file) {
        this.file = requireNonNull(file, "file is null");
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
            Files.createDirectories(requireNonNull(file.getParent(), "file has no parent"));
            Files.writeString(file, container + " " + key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // Kept in memory, and learned from the engine again by the next command.
        }
    }

    private void read() {
        read = true;
        try {
            for (String line : Files.readAllLines(file)) {
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
