package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of the service itself that a health check requests.
 *
 * @param port the port; empty where none is written
 * @param path the path, {@code /} where the address has none; empty where it only opens a connection
 */
record HealthUrl(Optional<Integer> port, Optional<String> path) {
    private static final String HERE = "localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?]|\\$\\{?HOSTNAME}?";
    private static final Pattern ITSELF = Pattern.compile(HERE);
    private static final Pattern FORM = Pattern.compile("(?:https?://|\\s(?!https?:))(?<host>" + HERE
            + "|[A-Za-z0-9_.-]+)(?::(?:(?<port>[0-9]{1,5})|\\$+\\{?\\w+}?))?(?<path>/[A-Za-z0-9._~/-]*)?");
    private static final Pattern REQUEST = Pattern.compile("https?://|curl|wget|fetch");

    /** Bash's way to open a connection (its manual, "Redirections"), and the request that may be written there. */
    private static final Pattern SOCKET = Pattern.compile("/dev/tcp/(?<host>" + HERE + ")/(?<port>[0-9]{1,5})");

    private static final Pattern GET = Pattern.compile("GET (?<path>/[A-Za-z0-9._~/-]*)");

    HealthUrl {
        requireNonNull(port, "port is null");
        requireNonNull(path, "path is null");
    }

    /** The one in a service's health check. */
    static Optional<HealthUrl> in(ServiceFacts service) {
        return in(service.healthTest(), service.name());
    }

    /** The first one that a command in a service's container requests. */
    static Optional<HealthUrl> in(String command, String service) {
        if (!REQUEST.matcher(command).find()) {
            return socket(command);
        }
        List<HealthUrl> all = FORM.matcher(command.replaceAll("[\"'`()]", " "))
                .results()
                .filter(found -> isItself(found, service))
                .map(HealthUrl::of)
                .toList();
        // A bare host may be the value of an option, such as curl's --noproxy.
        return all.stream()
                .filter(url -> url.port().isPresent() || !url.path().equals(Optional.of("/")))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static boolean isItself(MatchResult found, String service) {
        boolean named = found.group().startsWith("http") && found.group("host").equals(service);
        return named || ITSELF.matcher(found.group("host")).matches();
    }

    private static HealthUrl of(MatchResult found) {
        return new HealthUrl(
                Optional.ofNullable(found.group("port")).map(Integer::valueOf),
                Optional.of(Optional.ofNullable(found.group("path")).orElse("/")));
    }

    private static Optional<HealthUrl> socket(String command) {
        Matcher socket = SOCKET.matcher(command);
        if (!socket.find()) {
            return Optional.empty();
        }
        Matcher get = GET.matcher(command);
        return Optional.of(new HealthUrl(
                Optional.of(Integer.valueOf(socket.group("port"))),
                get.find() ? Optional.of(get.group("path")) : Optional.empty()));
    }
}
