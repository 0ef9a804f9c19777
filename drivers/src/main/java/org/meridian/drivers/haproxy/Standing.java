package org.meridian.drivers.haproxy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.meridian.core.model.ServerName;

/**
 * What the edge's map says of a server. A server that is not in the map has had no traffic yet, and a user's cookie can't
 * choose it: only what is let in may be asked for by name.
 */
enum Standing {
    /** It has had users; one who has a session with it stays with it. */
    SERVING,
    /** It was taken out of traffic; whoever has a session with it moves on. */
    DRAINING;

    /** The value in the map. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The standings that a map's lines say, each line a server's name and a word; others are left out. */
    static Map<ServerName, Standing> parse(String lines) {
        Map<ServerName, Standing> standings = new TreeMap<>();
        lines.lines()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> {
                    for (Standing standing : values()) {
                        if (standing.word().equals(parts[1])) {
                            standings.put(new ServerName(parts[0]), standing);
                        }
                    }
                });
        return standings;
    }

    /** The map's lines. */
    static String lines(Map<ServerName, Standing> standings) {
        return new TreeMap<>(standings)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().word() + "\n")
                        .collect(Collectors.joining());
    }
}
