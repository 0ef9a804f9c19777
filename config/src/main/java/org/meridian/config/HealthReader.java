package org.meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.diagnostic.Durations;
import org.meridian.core.model.HealthCheck;

/** Reads how to tell whether a server is fit to serve. */
final class HealthReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int RISE = 2;
    private static final List<String> PROTOS = List.of("https", "http");

    /** RFC 3986, 3.2.2: a registered name or IPv4 address, and a port. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})(:[0-9]{1,5})?");

    private static final Duration WITHIN = Duration.ofSeconds(90);

    private HealthReader() {}

    /**
     * Reads it; where it names no host, the check asks for the hostname that users ask for, if there is one.
     *
     * @param hosts all names that users ask for, where they are listed: a proxy has no other requests for the app
     */
    static HealthCheck read(Section health, Optional<String> hostname, List<String> hosts) {
        HealthCheck check = new HealthCheck(
                RequestPath.read(health.find("path")),
                health.duration("interval", INTERVAL, SHORTEST, MINUTE),
                health.duration("timeout", TIMEOUT, SHORTEST, MINUTE),
                health.find("rise").flatMap(field -> field.number(1, 100)).orElse(RISE),
                health.duration("within", WITHIN, Duration.ofSeconds(1), HOUR),
                host(health, hosts)
                        .or(() -> hostname.filter(name -> HOST.matcher(name).matches())),
                health.find("proto").flatMap(field -> field.oneOf(PROTOS)));
        checkTogether(health, check);
        return check;
    }

    private static Optional<String> host(Section health, List<String> hosts) {
        return health.find("host").flatMap(field -> field.text().filter(name -> {
            boolean wellFormed = HOST.matcher(name).matches();
            if (!wellFormed) {
                field.error(
                        "wrong-name",
                        "'" + name + "' can't be a host name",
                        "Write the name that users ask for, such as 'host: app.example.com'.");
            }
            return wellFormed && listed(field, name, hosts);
        }));
    }

    private static boolean listed(Field field, String name, List<String> hosts) {
        boolean listed = hosts.isEmpty() || hosts.contains(name.replaceFirst(":[0-9]+$", ""));
        if (!listed) {
            field.error(
                    "wrong-value",
                    "'" + name + "' is not one of serve.hosts, so no proxy would take the check to the app",
                    "Add it there, or leave 'host' out: checks then ask for the app's hostname.");
        }
        return listed;
    }

    private static void checkTogether(Section health, HealthCheck check) {
        Duration least = check.interval().multipliedBy(check.rise() - 1L).plus(check.timeout());
        if (least.compareTo(check.within()) > 0) {
            health.error(
                    "never-healthy",
                    "no server can be healthy within " + Durations.spoken(check.within()) + ": " + check.rise()
                            + " good answers, each within " + Durations.spoken(check.timeout()) + " and "
                            + Durations.spoken(check.interval()) + " apart, may take " + Durations.spoken(least),
                    "Raise 'within', or lower 'timeout', 'rise' or 'interval'.");
        }
    }
}
