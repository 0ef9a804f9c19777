package org.meridian.drivers.haproxy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;

/**
 * Which requests that come to a machine an app wants. Its part of the configuration begins with it, so that whoever changes the
 * machine next knows.
 *
 * @param port      where they come
 * @param hosts     the names that they ask for; empty for all that no other app has
 * @param senders   addresses and ranges of what begins each connection to the port with the PROXY protocol
 * @param first     the backend that takes them
 * @param countries the map from a user's country to the order of backends; empty where countries don't matter
 */
record Claim(
        AppName app, int port, List<String> hosts, List<String> senders, String first, Optional<String> countries) {
    private static final String MARK = "#: ";

    Claim {
        requireNonNull(app, "app is null");
        hosts = List.copyOf(hosts);
        senders = List.copyOf(senders);
        requireNonNull(first, "first is null");
        requireNonNull(countries, "countries is null");
    }

    /** The lines that a part of the configuration begins with. */
    String lines() {
        StringBuilder lines = new StringBuilder(MARK + "app " + app + "\n");
        lines.append(MARK + "port ").append(port).append('\n');
        hosts.forEach(host -> lines.append(MARK + "host ").append(host).append('\n'));
        senders.forEach(
                sender -> lines.append(MARK + "proxy-protocol ").append(sender).append('\n'));
        lines.append(MARK + "first ").append(first).append('\n');
        countries.ifPresent(map -> lines.append(MARK + "countries ").append(map).append('\n'));
        return lines.toString();
    }

    /** The claims in such lines; throws a Failure where a newer version has written what this one does not know. */
    static List<Claim> parse(String lines) {
        List<Claim> claims = new ArrayList<>();
        Draft draft = null;
        for (String line : lines.lines().filter(text -> text.startsWith(MARK)).toList()) {
            String[] words = line.substring(MARK.length()).strip().split(" ", 2);
            if (words.length == 2 && words[0].equals("app")) {
                if (draft != null) {
                    claims.add(draft.claim());
                }
                draft = new Draft(words[1]);
            } else if (words.length < 2 || draft == null || !draft.take(words[0], words[1])) {
                throw unknown(line);
            }
        }
        if (draft != null) {
            claims.add(draft.claim());
        }
        return claims;
    }

    private static Failure unknown(String line) {
        return Failure.of(Diagnostic.of(
                        "edge-part",
                        "another app on the machine has a part of HAProxy's configuration that this Meridian does not know",
                        "Use the newest Meridian for all apps on the machine.")
                .withDetail(line));
    }

    /** A claim of which some lines were read. */
    private static final class Draft {
        private final String app;
        private final List<String> hosts = new ArrayList<>();
        private final List<String> senders = new ArrayList<>();
        private int port;
        private String first = "";
        private Optional<String> countries = Optional.empty();

        Draft(String app) {
            this.app = app;
        }

        boolean take(String key, String value) {
            switch (key) {
                case "port" -> port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
                case "host" -> hosts.add(value);
                case "proxy-protocol" -> senders.add(value);
                case "first" -> first = value;
                case "countries" -> countries = Optional.of(value);
                default -> {
                    return false;
                }
            }
            return true;
        }

        Claim claim() {
            try {
                return new Claim(new AppName(app), port, hosts, senders, first, countries);
            } catch (IllegalArgumentException e) {
                throw unknown("app " + app);
            }
        }
    }
}
