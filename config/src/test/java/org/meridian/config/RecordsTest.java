package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.TrafficLayer;

class RecordsTest {
    private static final String APP = """
            app: journal
            image: registry.example.com/journal
            regions:
              lab: { provider: hosts, location: DE, hosts: [ops@203.0.113.4] }
            serve: { service: web, port: 3000 }
            """;

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    private Folder write(String traffic) {
        return folder.write("meridian.yml", APP + "traffic: { " + traffic + " }\n");
    }

    private Optional<DnsRecordSettings> records(String traffic) {
        return ((TrafficLayer.Dns) write(traffic).load().app().traffic().layer()).records();
    }

    @Test
    void recordsAreKeptOnRequestAlone() {
        assertThat(records("driver: dns, hostname: a.b.de")).isEmpty();
        assertThat(records("driver: dns, hostname: a.b.de, records: { provider: cloudflare }"))
                .contains(new DnsRecordSettings(Optional.empty(), Duration.ofMinutes(1), CloudflareSettings.API));
        assertThat(records("driver: dns, hostname: a.b.de, records: { provider: cloudflare, zone: b.de, ttl: 5m }"))
                .contains(new DnsRecordSettings(Optional.of("b.de"), Duration.ofMinutes(5), CloudflareSettings.API));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\"', textBlock = """
            driver: dns, hostname: a.b.de, records: {}                                       | provider is missing
            driver: dns, hostname: a.b.de, records: { provider: cloudfare }                  | 'cloudfare' is not known
            driver: dns, hostname: a.b.de, records: { provider: cloudflare, ttl: 30s }       | outside
            driver: dns, hostname: a.b.de, records: { provider: cloudflare, ttl: 60500ms }   | whole seconds
            driver: dns, hostname: a.b.de, records: { provider: cloudflare, zone: c.de }     | is not in the zone
            driver: dns, hostname: a.b.de, records: { provider: cloudflare, api: 'http://c.de' } | unencrypted
            driver: haproxy, records: { provider: cloudflare }                               | the driver haproxy has no such setting
            driver: cloudflare, hostname: a.b.de, records: { provider: cloudflare }          | the driver cloudflare has no such setting
            """)
    void mistakesAreNamed(String traffic, String summary) {
        assertThat(write(traffic).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).contains(summary);
            assertThat(problem.suggestion()).isNotEmpty();
        });
    }
}
