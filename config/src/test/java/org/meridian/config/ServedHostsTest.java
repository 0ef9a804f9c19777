package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;

class ServedHostsTest {
    private static final String CONFIGURATION = """
            app: journal
            image: registry.example.com/journal
            regions:
              lab: { provider: hosts, location: DE, hosts: [ops@10.0.0.4] }
            serve: { service: web, port: 3000%s }
            traffic: { %s }
            """;

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    private App app(String serve, String traffic) {
        return folder.write("meridian.yml", CONFIGURATION.formatted(serve, traffic))
                .load()
                .app();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\"', textBlock = """
            hosts: []                                     | driver: dns, hostname: a.b.de | 5:43 | 1 to 100 names
            hosts: a.b.de                                 | driver: dns, hostname: a.b.de | 5:43 | where a list is needed
            hosts: [a.b.de, A.b.de]                       | driver: dns, hostname: a.b.de | 5:52 | not a name in DNS
            hosts: [a.b.de, '*.b.de']                     | driver: dns, hostname: a.b.de | 5:52 | not a name in DNS
            hosts: [a.b.de, c.b.de, a.b.de]               | driver: dns, hostname: a.b.de | 5:60 | 'a.b.de' is listed twice
            hosts: [a.b.de]                               | driver: dns, hostname: c.b.de | 6:35 | 'c.b.de' is not one of serve.hosts
            hosts: [a.b.de], health: { host: 'c.b.de:8' } | driver: dns                   | 5:69 | 'c.b.de:8' is not one of serve.hosts
            """)
    void mistakesAreNamedWithTheirPlace(String serve, String traffic, String place, String summary) {
        List<Diagnostic> problems = folder.write("meridian.yml", CONFIGURATION.formatted(", " + serve, traffic))
                .problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().summary()).contains(summary);
        assertThat(problems.getFirst().where().orElseThrow().toString()).endsWith("meridian.yml:" + place);
        assertThat(problems.getFirst().suggestion()).isNotEmpty();
    }

    @Test
    void moreNamesThanAHundredAreTooMany() {
        String names = IntStream.range(0, 101).mapToObj(i -> "h" + i + ".b.de").collect(Collectors.joining(", "));

        assertThat(folder.write("meridian.yml", CONFIGURATION.formatted(", hosts: [" + names + "]", "driver: dns"))
                        .problems())
                .extracting(Diagnostic::summary)
                .anyMatch(summary -> summary.contains("1 to 100 names"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            driver: dns                          | a.b.de
            driver: cloudflare                   | a.b.de
            driver: dns, hostname: c.b.de        | c.b.de
            driver: haproxy, machines: [ops@d.e] | a.b.de
            """)
    void theFirstIsTheAppsNameAndWhatChecksAskForUnlessAnotherIsSaid(String traffic, String name) {
        App app = app(", hosts: [a.b.de, c.b.de]", traffic);

        assertThat(app.traffic().hosts()).containsExactly("a.b.de", "c.b.de");
        assertThat(app.traffic().hostname()).contains(name);
        assertThat(app.serve().health().host()).contains(name);
    }

    @Test
    void checksAskForAnotherOfTheNamesWhereThatIsSaid() {
        assertThat(app(", hosts: [a.b.de, c.b.de], health: { host: c.b.de }", "driver: dns")
                        .serve()
                        .health()
                        .host())
                .contains("c.b.de");
    }

    @Test
    void haproxyOnThisMachineTakesAllRequestsAndChecksAskForTheName() {
        App app = app(", hosts: [a.b.de]", "driver: haproxy");

        assertThat(app.traffic().hosts()).isEmpty();
        assertThat(app.serve().health().host()).contains("a.b.de");
    }
}
