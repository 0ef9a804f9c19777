package org.meridian.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.DnsAddress;

class DnsCheckTest {
    private static final String NAME = "journal.example.com";

    private static Set<DnsAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(DnsAddress::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Finding look(Set<DnsAddress> machines, Set<DnsAddress> records) throws InterruptedException {
        return new DnsCheck(NAME, () -> machines, name -> records).look();
    }

    @Test
    void aNameThatLeadsToAllMachinesIsWell() throws Exception {
        assertThat(look(addresses("203.0.113.4", "203.0.113.5"), addresses("203.0.113.5", "203.0.113.4")))
                .isEqualTo(Finding.ok("dns", "journal.example.com leads to all 2 machines"));
    }

    @Test
    void anIpv6AddressThatIsWrittenShortIsTheSame() throws Exception {
        assertThat(look(addresses("2001:db8::5"), addresses("2001:db8:0:0:0:0:0:5"))
                        .level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void whatIsMissingAndWhatIsSurplusIsNamedWithTheTypeOfItsRecord() throws Exception {
        Finding finding =
                look(addresses("203.0.113.4", "203.0.113.5", "2001:db8::5"), addresses("203.0.113.4", "203.0.113.9"));

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.fix())
                .contains("Add the records A 203.0.113.5, AAAA 2001:db8:0:0:0:0:0:5.")
                .contains("Remove the record A 203.0.113.9");
    }

    @Test
    void aPrivateAddressIsNotToBePublished() throws Exception {
        Finding finding = look(addresses("203.0.113.4", "10.0.0.5"), addresses("203.0.113.4"));

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.fix())
                .contains("Users outside do not reach 10.0.0.5")
                .doesNotContain("Add ");
    }

    @Test
    void aNameWithoutAnyAddressIsToldWhichToGet() throws Exception {
        assertThat(look(addresses("203.0.113.4"), Set.of()))
                .isEqualTo(Finding.warn(
                        "dns",
                        "journal.example.com has no address, and the machines are 203.0.113.4",
                        "Add the record A 203.0.113.4."));
    }

    @Test
    void aRealResolverIsAskedForBothTypes() throws Exception {
        try (var server = new NameServer(NAME, List.of("203.0.113.4", "203.0.113.9"), List.of("2001:db8::5"))) {
            Finding finding = new DnsCheck(
                            NAME,
                            () -> addresses("203.0.113.4", "2001:db8::5", "2001:db8::6"),
                            new Resolver(server.address()))
                    .look();

            assertThat(finding.fix())
                    .contains("Add the record AAAA 2001:db8:0:0:0:0:0:6.")
                    .contains("Remove the record A 203.0.113.9,");
        }
    }

    @Test
    void aNameThatARealResolverDoesNotKnowHasNoAddress() throws Exception {
        try (var server = new NameServer(NAME, List.of("203.0.113.4"), List.of())) {
            assertThat(new Resolver(server.address()).of("other.example.com")).isEmpty();
            assertThat(new Resolver(server.address()).of(NAME)).isEqualTo(addresses("203.0.113.4"));
        }
    }

    @Test
    void aResolverThatRefusesIsNotANameWithoutAddress() throws Exception {
        try (var server = new NameServer(NAME, List.of(), List.of())) {
            server.refuse();

            assertThatThrownBy(() -> new Resolver(server.address()).of(NAME))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("no resolver says which A records");
        }
    }
}
