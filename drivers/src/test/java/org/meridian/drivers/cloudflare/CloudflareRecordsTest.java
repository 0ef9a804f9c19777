package org.meridian.drivers.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.AppName;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.spi.DnsRecords;
import org.meridian.testkit.DnsRecordsContract;
import tools.jackson.databind.json.JsonMapper;

/** Against a stand-in whose requests and answers are checked by Cloudflare's own description, where that is there. */
class CloudflareRecordsTest extends DnsRecordsContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @BeforeEach
    void workByItsClock() {
        cloudflare.time.enter();
    }

    @AfterEach
    void everythingWasAsCloudflareDescribesIt() {
        cloudflare.time.leave();
        cloudflare.close();
        assertThat(cloudflare.description.violations()).isEmpty();
    }

    @Override
    protected DnsRecords records(AppName app, Duration ttl) {
        return new CloudflareRecords(
                app,
                new DnsRecordSettings(Optional.empty(), ttl, cloudflare.api.base()),
                cloudflare.client(FakeApi.TOKEN));
    }

    @Override
    protected void byHand(String name, String type, String value) {
        new FakeRecords(cloudflare.api.records, cloudflare.time)
                .answer(
                        "POST",
                        "",
                        JSON.createObjectNode()
                                .put("type", type)
                                .put("name", name)
                                .put("content", value)
                                .put("ttl", 1)
                                .toString());
    }

    @Test
    void anAnswerThatWasLostAddsNoSecondRecord() throws Exception {
        cloudflare.faults.plan("POST /zones/.*/dns_records", FakeFaults.Fault.DONE_BUT_CUT, 1);
        DnsRecords records = records(new AppName("journal"), Duration.ofMinutes(1));

        assertThatThrownBy(() -> records.add(NAME, DnsAddress.of("203.0.113.4")))
                .isInstanceOf(Failure.class);
        records.add(NAME, DnsAddress.of("203.0.113.4"));

        assertThat(records.read(NAME)).hasSize(1);
    }

    @Test
    void aTokenThatMayNotEditIsToldWhichPermissionItLacks() {
        cloudflare.api.allowed.remove(Permission.DNS_EDIT);

        assertThatThrownBy(() ->
                        records(new AppName("journal"), Duration.ofMinutes(1)).add(NAME, DnsAddress.of("203.0.113.4")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.diagnostic().suggestion()).contains("Zone > DNS > Edit"));
    }

    @Test
    void aRateLimitIsWaitedOut() throws Exception {
        cloudflare.faults.plan("POST /zones/.*/dns_records", FakeFaults.Fault.LIMITED, 1);
        DnsRecords records = records(new AppName("journal"), Duration.ofMinutes(1));

        records.add(NAME, DnsAddress.of("203.0.113.4"));

        assertThat(records.read(NAME)).hasSize(1);
        assertThat(cloudflare.notes).anyMatch(note -> note.contains("limits the rate"));
    }
}
