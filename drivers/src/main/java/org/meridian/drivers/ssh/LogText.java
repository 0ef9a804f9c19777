package org.meridian.drivers.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;

/**
 * Reads what the script "logs" prints: {@code service release container time =text}, or {@code +} and a part of the text
 * that more follows. Lines of several containers come mixed, the parts of one line in their order.
 */
final class LogText {
    /** Longer lines are cut, so that no container can fill the memory here. */
    private static final int LONGEST = 64 * 1024;

    private static final int FIELDS = 4;

    private final Server server;
    private final Map<String, ByteArrayOutputStream> parts = new HashMap<>();

    LogText(Server server) {
        this.server = requireNonNull(server, "server is null");
    }

    /** Takes a line; returns what a container wrote once it is whole, and nothing for lines of another form. */
    Optional<LogLine> add(byte[] line) {
        int[] ends = new int[FIELDS];
        int from = 0;
        for (int field = 0; field < FIELDS; field++) {
            ends[field] = indexOf(line, ' ', from);
            if (ends[field] < 0) {
                return Optional.empty();
            }
            from = ends[field] + 1;
        }
        if (from >= line.length) {
            return Optional.empty();
        }
        String container = text(line, ends[1] + 1, ends[2]);
        return switch (line[from]) {
            case '+' -> {
                append(container, line, from + 1);
                yield Optional.empty();
            }
            case '=' -> whole(line, ends, container, from + 1);
            default -> Optional.empty();
        };
    }

    private Optional<LogLine> whole(byte[] line, int[] ends, String container, int from) {
        String text;
        if (parts.containsKey(container)) {
            append(container, line, from);
            text = requireNonNull(parts.remove(container)).toString(UTF_8);
        } else {
            text = text(line, from, line.length);
        }
        try {
            return Optional.of(new LogLine(
                    Instant.parse(text(line, ends[2] + 1, ends[3])),
                    server.region(),
                    server.name(),
                    text(line, 0, ends[0]),
                    release(text(line, ends[0] + 1, ends[1])),
                    text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
        } catch (DateTimeException e) {
            // An engine's own words, such as that it can't read this container's log.
            return Optional.empty();
        }
    }

    private void append(String container, byte[] line, int from) {
        ByteArrayOutputStream whole = parts.computeIfAbsent(container, id -> new ByteArrayOutputStream());
        whole.write(line, from, Math.max(0, Math.min(line.length - from, LONGEST - whole.size())));
    }

    /** Containers that were not started from a release's directory are taken for the server's. */
    private ReleaseId release(String directory) {
        try {
            return ReleaseId.parse(directory);
        } catch (IllegalArgumentException e) {
            return server.release();
        }
    }

    private static int indexOf(byte[] line, char wanted, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, UTF_8);
    }
}
