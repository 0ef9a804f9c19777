package org.meridian.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.Field;
import org.meridian.config.document.Section;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.DnsRecordSettings;

/** Reads how the records in DNS are kept, where Meridian shall do it. */
final class RecordsReader {
    static final String KEY = "records";

    private static final List<String> PROVIDERS = List.of("cloudflare");

    private RecordsReader() {}

    /**
     * The settings; empty where the records are the team's own work, or a problem was kept.
     *
     * @param hosts the names that users ask for, where they are listed
     */
    static Optional<DnsRecordSettings> read(Section traffic, List<String> hosts) {
        return traffic.find(KEY).map(Field::section).flatMap(records -> settings(records, names(traffic, hosts)));
    }

    private static Optional<DnsRecordSettings> settings(Section records, List<String> names) {
        Optional<String> provider =
                records.require("provider", "Write 'provider: cloudflare'.").flatMap(field -> field.oneOf(PROVIDERS));
        Optional<String> zone =
                records.find("zone").flatMap(field -> Hostname.read(field).filter(name -> holds(field, name, names)));
        Duration ttl = records.find("ttl").flatMap(RecordsReader::ttl).orElse(DnsRecordSettings.SHORTEST_TTL);
        URI api = records.find("api").flatMap(CloudflareReader::api).orElse(CloudflareSettings.API);
        return provider.map(cloudflare -> new DnsRecordSettings(zone, ttl, api));
    }

    private static List<String> names(Section traffic, List<String> hosts) {
        Stream<String> hostname =
                traffic.has("hostname") ? traffic.find("hostname").flatMap(Field::text).stream() : Stream.empty();
        return Stream.concat(hostname, hosts.stream()).distinct().toList();
    }

    private static boolean holds(Field field, String zone, List<String> names) {
        Optional<String> outside = names.stream()
                .filter(name -> !name.equals(zone) && !name.endsWith("." + zone))
                .findFirst();
        outside.ifPresent(name -> field.error(
                "wrong-value",
                name + " is not in the zone '" + zone + "'",
                "Write the zone's name, or leave it out: it is found from each name."));
        return outside.isEmpty();
    }

    /** Records in DNS count in whole seconds. */
    private static Optional<Duration> ttl(Field field) {
        return field.duration(DnsRecordSettings.SHORTEST_TTL, DnsRecordSettings.LONGEST_TTL)
                .filter(span -> {
                    boolean whole = span.toMillis() % 1000 == 0;
                    if (!whole) {
                        field.error("wrong-value", "DNS takes whole seconds", "Write a time span such as 60s.");
                    }
                    return whole;
                });
    }
}
