package org.meridian.drivers.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Notes whether an exporter got rid of everything; the SDK's flush succeeds even where it did not. */
final class WatchedExporter implements SpanExporter {
    private final SpanExporter exporter;
    private final AtomicBoolean lost;

    /** Sets {@code lost} when the exporter fails. */
    WatchedExporter(SpanExporter exporter, AtomicBoolean lost) {
        this.exporter = requireNonNull(exporter, "exporter is null");
        this.lost = requireNonNull(lost, "lost is null");
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> lost.compareAndSet(false, !result.isSuccess()));
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
