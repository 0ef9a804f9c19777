package org.meridian.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.ReleaseId;

/** A receipt with the names that it has on the command line, which are stable. */
record ReceiptJson(
        String outcome,
        String release,
        Optional<String> previous,
        List<RegionPart> regions,
        Probe probe,
        @JsonProperty("duration_ms") long durationMs) {
    static ReceiptJson of(Receipt receipt) {
        Receipt.ProbeReceipt probe = receipt.probe();
        return new ReceiptJson(
                receipt.outcome().written(),
                receipt.release().toString(),
                receipt.previous().map(ReleaseId::toString),
                receipt.regions().stream()
                        .map(region -> new RegionPart(
                                region.name().value(),
                                region.servers(),
                                region.prepare().toMillis(),
                                region.shift().toMillis()))
                        .toList(),
                new Probe(
                        probe.sent(),
                        probe.failed(),
                        probe.p50().toMillis(),
                        probe.p99().toMillis(),
                        probe.max().toMillis()),
                receipt.duration().toMillis());
    }

    record RegionPart(
            String name,
            int servers,
            @JsonProperty("prepare_ms") long prepareMs,
            @JsonProperty("shift_ms") long shiftMs) {}

    record Probe(
            int sent,
            int failed,
            @JsonProperty("p50_ms") long p50Ms,
            @JsonProperty("p99_ms") long p99Ms,
            @JsonProperty("max_ms") long maxMs) {}
}
