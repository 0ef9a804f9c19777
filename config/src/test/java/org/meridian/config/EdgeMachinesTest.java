package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Proxies;

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
            driver: dns, hostname: a.b.de, trusted_proxies: [10.0.0.0/33] }     | neither an IP address nor a range
            driver: dns, hostname: a.b.de, trusted_proxies: [0.0.0.0/0] }       | neither an IP address nor a range
            driver: dns, hostname: a.b.de, trusted_proxies: ['10.0.0.1 !'] }    | neither an IP address nor a range
            driver: dns, hostname: a.b.de, trusted_proxies: ['2001:db8::/8'] }  | neither an IP address nor a range
            driver: dns, hostname: a.b.de, trusted_proxies: 10.0.0.1 }          | traffic.trusted_proxies
            driver: dns, hostname: a.b.de, proxy_protocol: [10.0.0.0/33] }      | neither an IP address nor a range
            driver: cloudflare, hostname: a.b.de, proxy_protocol: [10.0.0.1] }  | nothing that speaks the PROXY protocol
            driver: haproxy, proxy_protocol: [10.0.0.1] }                       | nothing that speaks the PROXY protocol
            """)
    void mistakesAreNamed(String traffic, String summary) {
        List<Diagnostic> problems = folder.write("meridian.yml", ON_HOSTS + "traffic: { " + traffic + "\n")
                .problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().summary()).contains(summary);
        assertThat(problems.getFirst().suggestion()).isNotEmpty();
    }

    private Optional<Proxies> proxies(String traffic) {
        return folder.write("meridian.yml", ON_HOSTS + "traffic: { " + traffic + " }\n")
                .load()
                .app()
                .traffic()
                .layer()
                .proxies();
    }

    @Test
    void machinesThatStayHaveAProxyBehindEveryEdge() {
        assertThat(proxies("driver: dns, hostname: a.b.de, trusted_proxies: [10.0.0.0/8, '2001:db8::/32', '::1']"))
                .contains(new Proxies(80, List.of("10.0.0.0/8", "2001:db8::/32", "::1")));
        assertThat(proxies("driver: haproxy, machines: [ops@a.de], port: 8443")).contains(new Proxies(8443, List.of()));
        assertThat(proxies("driver: cloudflare, hostname: a.b.de, trusted_proxies: [10.0.0.1]")
                        .orElseThrow()
                        .trusted())
                .contains("173.245.48.0/20", "2606:4700::/32", "10.0.0.1");
        assertThat(proxies("driver: haproxy")).isEmpty();
    }

    @Test
    void whatSpeaksTheProxyProtocolIsNamedForWhatUsersComeTo() {
        for (String traffic : List.of("driver: dns, hostname: a.b.de", "driver: haproxy, machines: [ops@a.de]")) {
            folder.write("meridian.yml", ON_HOSTS + "traffic: { " + traffic + ", proxy_protocol: [10.0.0.4] }\n");
            assertThat(folder.load().app().traffic().senders()).containsExactly("10.0.0.4");
        }
    }

    @Test
    void cloudflareCountsNothingAndTheProxiesDo() {
        String canary = "rollout: { canary: { weights: [10, 100] } }\n";
        String cloudflare = "traffic: { driver: cloudflare, hostname: a.b.de }\n";

        assertThat(folder.write("meridian.yml", ON_HOSTS + cloudflare + canary).problems())
                .isEmpty();
    }

    @Test
    void cloudflareChecksServersAndProxiesAtOnePort() {
        String mixed =
                ON_HOSTS.replace("regions:\n", "primary: lab\nregions:\n  far: { provider: local, location: US }\n");

        assertThat(folder.write("meridian.yml", mixed + "traffic: { driver: cloudflare, hostname: a.b.de }\n")
                        .problems())
                .extracting(Diagnostic::summary)
                .singleElement()
                .asString()
                .contains("port 80 where the servers of the others have 8080");
        assertThat(folder.write(
                                "meridian.yml",
                                mixed + "traffic: { driver: cloudflare, hostname: a.b.de, port: 8080 }\n")
                        .problems())
                .isEmpty();
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
