package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.CloudflareSettings.Affinity;
import org.meridian.core.model.CloudflareSettings.Steering;

class CloudflareTest {
    private static final String HAPROXY = "traffic: { driver: haproxy, port: 8081, sticky: { cookie: _session } }";
    private static final String TRAFFIC = """
            traffic:
              driver: cloudflare
              hostname: journal.example.com
              zone: example.com
              account: 0123456789abcdef0123456789abcdef
              steering: geo
              proxied: true
              check_interval: 30s
              sticky: { cookie: _session, affinity: header }
              api: http://127.0.0.1:8787/client/v4/""";

    /** A good configuration with all of Cloudflare's keys. */
    static final String GOOD = Folder.GOOD.replace(HAPROXY, TRAFFIC);

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @Test
    void everythingIsRead() {
        CloudflareSettings settings = with(GOOD).app().traffic().cloudflare().orElseThrow();

        assertThat(settings)
                .isEqualTo(new CloudflareSettings(
                        "journal.example.com",
                        Optional.of("example.com"),
                        Optional.of("0123456789abcdef0123456789abcdef"),
                        Steering.GEO,
                        Affinity.HEADER,
                        true,
                        Duration.ofSeconds(30),
                        URI.create("http://127.0.0.1:8787/client/v4")));
    }

    @Test
    void theHostnameIsEnough() {
        with(Folder.GOOD.replace(HAPROXY, "traffic: { driver: cloudflare, hostname: a.example.com }"));

        assertThat(folder.app().traffic().cloudflare()).contains(new CloudflareSettings("a.example.com"));
        assertThat(folder.load().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\"', textBlock = """
            driver: cloudflare }                                             | traffic.hostname is missing
            driver: cloudflare, hostname: Journal }                          | 'Journal' is not a name in DNS
            driver: cloudflare, hostname: a.b.de, zone: example.com }        | a.b.de is not in the zone 'example.com'
            driver: cloudflare, hostname: a.b.de, account: mine }            | 'mine' is not the id of an account
            driver: cloudflare, hostname: a.b.de, api: 'http://proxy.example.com/v4' } | the API token would go there unencrypted
            driver: cloudflare, hostname: a.b.de, api: proxy }               | this is not a service's address
            driver: cloudflare, hostname: a.b.de, steering: nearest }        | 'nearest' is not known; known: proximity, geo
            driver: cloudflare, hostname: a.b.de, check_interval: 5s }       | 5s is outside 10s to 1h
            driver: cloudflare, hostname: a.b.de, check_interval: 10500ms }  | Cloudflare takes whole seconds
            driver: cloudflare, hostname: a.b.de, proxied: false, sticky: { cookie: s } } | only where requests go through it
            driver: cloudflare, hostname: a.b.de, sticky: { cookie: s, affinity: ip } } | 'ip' is not known; known: cookie
            driver: haproxy, hostname: a.b.de }                              | the driver haproxy has no such setting
            driver: haproxy, sticky: { cookie: s, affinity: header } }       | there is no key 'affinity' in traffic.sticky
            """)
    void mistakesAreNamed(String traffic, String summary) {
        List<Diagnostic> problems =
                with(Folder.GOOD.replace(HAPROXY, "traffic: { " + traffic)).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().summary()).contains(summary);
        assertThat(problems.getFirst().suggestion()).isNotEmpty();
    }

    @Test
    void aCanaryNeedsAnotherSourceOfCounts() {
        String uncounted = GOOD.replaceFirst("(?s)metrics:.*?\ntraffic:", "traffic:");

        assertThat(with(uncounted).problems())
                .extracting(Diagnostic::summary)
                .singleElement()
                .asString()
                .contains("Cloudflare does not count");
    }

    @Test
    void whatMaySurpriseIsAWarning() {
        with(Folder.GOOD.replace(
                HAPROXY, "traffic: { driver: cloudflare, hostname: a.b.de, proxied: false, port: 8080 }"));

        assertThat(folder.load().warnings())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder("not-proxied", "unused");
    }

    private Folder with(String text) {
        return folder.write("meridian.yml", text);
    }
}
