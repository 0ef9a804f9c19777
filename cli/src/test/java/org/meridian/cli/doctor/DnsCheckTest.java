package org.meridian.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsCheckTest {
    private static Finding look(List<String> machines, List<String> records) throws InterruptedException {
        return new DnsCheck("journal.example.com", () -> machines, name -> records).look();
    }

    @Test
    void aNameThatLeadsToAllMachinesIsWell() throws Exception {
        assertThat(look(List.of("203.0.113.4", "203.0.113.5"), List.of("203.0.113.5", "203.0.113.4")))
                .isEqualTo(Finding.ok("dns", "journal.example.com leads to all 2 machines"));
    }

    @Test
    void whatIsMissingAndWhatIsSurplusIsNamed() throws Exception {
        Finding finding = look(List.of("203.0.113.4", "203.0.113.5"), List.of("203.0.113.4", "203.0.113.9"));

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.fix())
                .contains("Add a record for 203.0.113.5.")
                .contains("Remove the record for 203.0.113.9");
    }

    @Test
    void aNameWithoutAnyAddressIsToldWhichToGet() throws Exception {
        Finding finding = new DnsCheck("journal.example.com", () -> List.of("203.0.113.4"), name -> {
                    throw new UnknownHostException(name);
                })
                .look();

        assertThat(finding)
                .isEqualTo(Finding.warn(
                        "dns", "journal.example.com has no address", "Add a record for each of 203.0.113.4."));
    }
}
