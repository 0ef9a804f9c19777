package org.meridian.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.CloudflareSettings.Affinity;
import org.meridian.core.model.CloudflareSettings.Steering;

/** Reads how Cloudflare steers, where it is the traffic layer. */
final class CloudflareReader {
    /** The keys of the section that are for Cloudflare alone. */
    static final List<String> KEYS = List.of("zone", "account", "steering", "proxied", "check_interval", "api");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private CloudflareReader() {}

    /**
     * The settings; empty where a problem was kept.
     *
     * @param hosts the names that users ask for
     */
    static Optional<CloudflareSettings> read(Section traffic, Section sticky, List<String> hosts) {
        Optional<String> hostname = Hostname.required(traffic, hosts);
        Optional<String> zone =
                traffic.find("zone").flatMap(field -> Hostname.read(field).filter(name -> fits(field, name, hostname)));
        Optional<String> account = traffic.find("account").flatMap(CloudflareReader::id);
        Steering steering = traffic.find("steering")
                .flatMap(field -> field.oneOf(words(Steering.values())))
                .map(word -> Steering.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Steering.PROXIMITY);
        boolean proxied =
                traffic.find("proxied").map(field -> proxied(field, traffic)).orElse(true);
        Duration checks = traffic.find("check_interval")
                .flatMap(CloudflareReader::interval)
                .orElse(CloudflareSettings.CHECK_EVERY);
        URI api = traffic.find("api").flatMap(CloudflareReader::api).orElse(CloudflareSettings.API);
        return hostname.map(
                name -> new CloudflareSettings(name, zone, account, steering, affinity(sticky), proxied, checks, api));
    }

    private static Affinity affinity(Section sticky) {
        return sticky.find("affinity")
                .flatMap(field -> field.oneOf(words(Affinity.values())))
                .map(word -> Affinity.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Affinity.COOKIE);
    }

    private static boolean fits(Field field, String zone, Optional<String> hostname) {
        boolean fits = hostname.isEmpty()
                || hostname.get().equals(zone)
                || hostname.get().endsWith("." + zone);
        if (!fits) {
            field.error(
                    "wrong-value",
                    hostname.get() + " is not in the zone '" + zone + "'",
                    "Write the zone's name, or leave it out: it is found from the hostname.");
        }
        return fits;
    }

    private static Optional<String> id(Field field) {
        return field.text().filter(text -> {
            boolean wellFormed = ID.matcher(text).matches();
            if (!wellFormed) {
                field.error(
                        "wrong-value",
                        "'" + text + "' is not the id of an account: 32 digits and letters a to f",
                        "Copy it from the dashboard, or leave it out: the zone's own account is taken.");
            }
            return wellFormed;
        });
    }

    private static boolean proxied(Field field, Section traffic) {
        boolean proxied = !field.oneOf(List.of("true", "false")).equals(Optional.of("false"));
        if (!proxied && traffic.has("sticky")) {
            field.error(
                    "wrong-value",
                    "Cloudflare keeps users on a server only where requests go through it",
                    "Write 'proxied: true', or leave 'sticky' out.");
        } else if (!proxied) {
            field.warning(
                    "not-proxied",
                    "users' resolvers keep a server's address for up to 30 s after it left traffic",
                    "Let rollout.drain be 1m or more, or write 'proxied: true'.");
        }
        return proxied;
    }

    /** Cloudflare counts in whole seconds. */
    private static Optional<Duration> interval(Field field) {
        return field.duration(Duration.ofSeconds(10), Duration.ofHours(1)).filter(span -> {
            boolean whole = span.toMillis() % 1000 == 0;
            if (!whole) {
                field.error("wrong-value", "Cloudflare takes whole seconds", "Write a time span such as 15s.");
            }
            return whole;
        });
    }

    /** The token goes there, so nobody on the way may read it. */
    static Optional<URI> api(Field field) {
        return WebAddress.base(field)
                .filter(address -> {
                    boolean confidential = WebAddress.confidential(address.toString());
                    if (!confidential) {
                        field.error(
                                "wrong-value",
                                "the API token would go there unencrypted",
                                "Write an address that begins with https://; http:// is for this machine's own.");
                    }
                    return confidential;
                })
                .map(address -> URI.create(address.toString().replaceAll("/+$", "")));
    }

    private static List<String> words(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
