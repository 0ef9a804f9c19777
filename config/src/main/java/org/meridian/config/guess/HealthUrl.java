package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The address of the service itself that a health check requests.
 *
 * @param port the port; empty where none is written
 * @param path the path; {@code /} where none is written
 */
record HealthUrl(Optional<Integer> port, String path) {
    private static final String HERE = "localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?]|\\$\\{?HOSTNAME}?";
    private static final Pattern ITSELF = Pattern.compile(HERE);
    private static final Pattern FORM = Pattern.compile("(?:https?://|\\s(?!https?:))(?<host>" + HERE
            + "|[A-Za-z0-9_.-]+)(?::(?:(?<port>[0-9]{1,5})|\\$+\\{?\\w+}?))?(?<path>/[A-Za-z0-9._~/-]*)?");
    private static final Pattern REQUEST = Pattern.compile("https?://|curl|wget|fetch");

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
            return Optional.empty();
        }
        List<HealthUrl> all = FORM.matcher(command.replaceAll("[\"'`()]", " "))
                .results()
                .filter(found -> isItself(found, service))
                .map(HealthUrl::of)
                .toList();
        // A bare host may be the value of an option, such as curl's --noproxy.
        return all.stream()
                .filter(url -> url.port().isPresent() || !url.path().equals("/"))
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
                Optional.ofNullable(found.group("path")).orElse("/"));
    }
}
