package org.meridian.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecord;
import org.meridian.core.spi.DnsRecords;

/** What every keeper of records does, whoever the DNS provider is. */
public abstract class DnsRecordsContract {
    /** A name in the provider's zone. */
    protected static final String NAME = "journal.example.com";

    private static final AppName APP = new AppName("journal");
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final DnsAddress FOUR = DnsAddress.of("203.0.113.4");
    private static final DnsAddress SIX = DnsAddress.of("2001:db8::5");

    /** Those of an app, at the same provider for every app. */
    protected abstract DnsRecords records(AppName app, Duration ttl) throws InterruptedException;

    /** What somebody else does at the provider. */
    protected abstract void byHand(String name, String type, String value);

    private DnsRecords ours() throws InterruptedException {
        return records(APP, TTL);
    }

    @Test
    void aNameWithoutRecordsHasNone() throws Exception {
        assertThat(ours().read(NAME)).isEmpty();
    }

    @Test
    void anAddressOfEachKindIsAddedAndIsOurs() throws Exception {
        DnsRecords records = ours();

        records.add(NAME, FOUR);
        records.add(NAME, SIX);

        assertThat(records.read(NAME))
                .extracting(record -> record.address().orElseThrow())
                .containsExactlyInAnyOrder(FOUR, SIX);
        assertThat(records.read(NAME)).allSatisfy(record -> {
            assertThat(record.ours()).isTrue();
            assertThat(record.ttl()).isEqualTo(TTL);
        });
    }

    @Test
    void anAddressThatIsAddedTwiceIsThereOnce() throws Exception {
        ours().add(NAME, SIX);
        ours().add(NAME, SIX);

        assertThat(ours().read(NAME)).hasSize(1);
    }

    @Test
    void whatIsRemovedIsGoneAndMayBeRemovedAgain() throws Exception {
        DnsRecords records = ours();
        records.add(NAME, FOUR);
        records.add(NAME, SIX);
        DnsRecord four = record(records, FOUR);

        records.remove(four);
        records.remove(four);

        assertThat(records.read(NAME))
                .extracting(record -> record.address().orElseThrow())
                .containsExactly(SIX);
    }

    @Test
    void aRecordOfSomebodyElseIsSeenAndNeverRemoved() throws Exception {
        byHand(NAME, "A", "203.0.113.4");

        ours().add(NAME, FOUR);

        List<DnsRecord> found = ours().read(NAME);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().ours()).isFalse();
        assertThatThrownBy(() -> ours().remove(found.getFirst())).isInstanceOf(IllegalArgumentException.class);
        assertThat(ours().read(NAME)).isEqualTo(found);
    }

    @Test
    void anotherAppsRecordIsNotOurs() throws Exception {
        records(new AppName("other"), TTL).add(NAME, FOUR);

        assertThat(ours().read(NAME)).extracting(DnsRecord::ours).containsExactly(false);
    }

    @Test
    void aNameThatStandsForAnotherIsSeen() throws Exception {
        byHand(NAME, "CNAME", "elsewhere.example.net");

        assertThat(ours().read(NAME)).extracting(DnsRecord::words).containsExactly("CNAME elsewhere.example.net");
    }

    @Test
    void recordsThatLeadNobodyAndOtherNamesAreNotSeen() throws Exception {
        byHand(NAME, "TXT", "\"proof of a domain\"");
        byHand("www." + NAME, "A", "203.0.113.9");

        assertThat(ours().read(NAME)).isEmpty();
    }

    private static DnsRecord record(DnsRecords records, DnsAddress address) throws InterruptedException {
        return records.read(NAME).stream()
                .filter(record -> record.address().filter(address::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
