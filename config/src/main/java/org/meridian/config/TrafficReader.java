package org.meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.TrafficSettings;

/** Reads the traffic layer. */
final class TrafficReader {
    private static final String CLOUDFLARE = "cloudflare";
    static final List<String> DRIVERS = List.of("haproxy", CLOUDFLARE);
    private static final int PORT = 8080;
    // A part of RFC 6265's cookie names that every traffic layer takes.
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private TrafficReader() {}

    static TrafficSettings read(Section traffic, Duration answerWithin) {
        String driver =
                traffic.find("driver").flatMap(field -> field.oneOf(DRIVERS)).orElse(DRIVERS.getFirst());
        Section sticky = traffic.section("sticky");
        Optional<CloudflareSettings> cloudflare = Optional.empty();
        if (driver.equals(CLOUDFLARE)) {
            cloudflare = CloudflareReader.read(traffic, sticky);
            traffic.find("port").ifPresent(TrafficReader::unused);
        } else {
            refuseCloudflaresKeys(traffic, driver);
        }
        int port =
                traffic.find("port").flatMap(field -> field.number(1, 65_535)).orElse(PORT);
        return new TrafficSettings(driver, port, cookie(sticky), cloudflare, answerWithin);
    }

    private static void unused(Field port) {
        port.warning("unused", "users come to Cloudflare's own ports", "Leave it out.");
    }

    private static void refuseCloudflaresKeys(Section traffic, String driver) {
        CloudflareReader.KEYS.stream().filter(traffic::has).forEach(key -> traffic.find(key)
                .ifPresent(field -> field.keyError(
                        "wrong-place",
                        "the driver " + driver + " has no such setting",
                        "Write 'driver: cloudflare', or leave it out.")));
    }

    private static Optional<String> cookie(Section sticky) {
        String example = "Write a name such as 'cookie: _session'.";
        return sticky.require("cookie", example).flatMap(field -> field.text().filter(name -> {
            boolean wellFormed = COOKIE.matcher(name).matches();
            if (!wellFormed) {
                field.error(
                        "wrong-name",
                        "'" + name + "' can't be a cookie's name: use letters, digits, _ and -, at most 64",
                        example);
            }
            return wellFormed;
        }));
    }
}
