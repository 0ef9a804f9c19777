package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;

class EdgeMachinesTest {
    private static final String HAPROXY = "traffic: { driver: haproxy, port: 8081, sticky: { cookie: _session } }";
    private static final String ON_HOSTS = """
            app: journal
            image: registry.example.com/journal
            regions:
              lab: { provider: hosts, location: DE, hosts: [ops@10.0.0.4] }
            serve: { service: web, port: 3000 }
            """;

    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\"', textBlock = """
            driver: haproxy, machines: [] }                                     | an edge has 1 to 16 machines
            driver: haproxy, machines: edge-1 }                                 | traffic.machines
            driver: haproxy, machines: [{ address: 203.0.113.2 }] }             | ssh is missing
            driver: haproxy, machines: [{ ssh: ops@a.de, address: 'x y' }] }    | neither an IP address nor a host's name
            driver: haproxy, machines: [ops@a.de, ops@a.de] }                   | listed twice
            driver: haproxy, machines: ['a b'] }                                | 'a b'
            driver: cloudflare, hostname: a.b.de, machines: [ops@a.de] }        | Cloudflare's machines are its own
            driver: dns }                                                       | traffic.hostname is missing
            driver: dns, hostname: a.b.de, machines: [ops@a.de] }               | users come to the machines of the regions
            driver: dns, hostname: a.b.de, zone: b.de }                         | the driver dns has no such setting
            driver: haproxy, hostname: a.b.de }                                 | the driver haproxy has no such setting
            """)
    void mistakesAreNamed(String traffic, String summary) {
        List<Diagnostic> problems = folder.write("meridian.yml", ON_HOSTS + "traffic: { " + traffic + "\n")
                .problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().summary()).contains(summary);
        assertThat(problems.getFirst().suggestion()).isNotEmpty();
    }

    @Test
    void usersComeByDnsAloneToMachinesThatStayOnly() {
        folder.write("meridian.yml", Folder.GOOD.replace(HAPROXY, "traffic: { driver: dns, hostname: a.b.de }"));

        assertThat(folder.problems())
                .extracting(Diagnostic::summary)
                .singleElement()
                .asString()
                .contains("brings machines of its own");
    }

    @Test
    void serversThatAreContainersOfThisMachineAreReachedFromNoOther() {
        folder.write(
                "meridian.yml", Folder.GOOD.replace(HAPROXY, "traffic: { driver: haproxy, machines: [ops@a.de] }"));

        assertThat(folder.problems())
                .extracting(Diagnostic::summary)
                .singleElement()
                .asString()
                .contains("which no other machine reaches");
    }
}
