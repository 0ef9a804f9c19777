package org.meridian.drivers.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.AppName;

/** OpenTelemetry's SDK at work. */
final class Sending {
    private static final String SCOPE = "org.meridian";
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

    /** How long a command's end waits for a collector that does not answer. */
    private static final long FLUSH_SECONDS = 5;

    /** Held, since a logger's level is forgotten with it. */
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final RolloutSpans spans;
    private final RolloutMeasures measures;
    private final AtomicBoolean lost;

    private Sending(OpenTelemetrySdk sdk, RolloutSpans spans, RolloutMeasures measures, AtomicBoolean lost) {
        this.sdk = sdk;
        this.spans = spans;
        this.measures = measures;
        this.lost = lost;
    }

    /** Begins, as the variables say; throws what the SDK throws where it can't. */
    static Sending begin(AppName app, String version, TelemetryVariables variables) {
        // It prints each failed attempt with a stack trace; what matters is said once, at the end.
        SDK_LOG.setLevel(Level.OFF);
        AtomicBoolean lost = new AtomicBoolean();
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(variables::properties)
                .addSpanExporterCustomizer((exporter, config) -> new WatchedExporter(exporter, lost))
                .addResourceCustomizer((resource, config) -> named(resource, version))
                .build()
                .getOpenTelemetrySdk();
        return new Sending(
                sdk,
                new RolloutSpans(sdk.getTracer(SCOPE), app, pipeline(variables)),
                new RolloutMeasures(sdk.getMeter(SCOPE), app),
                lost);
    }

    void take(RolloutEvent event) {
        spans.take(event);
        measures.take(event);
    }

    /** Sends what is left; tells whether all of it was taken. */
    boolean end() {
        spans.end();
        boolean sent = CompletableResultCode.ofAll(List.of(
                        sdk.getSdkTracerProvider().forceFlush(),
                        sdk.getSdkMeterProvider().forceFlush()))
                .join(FLUSH_SECONDS, TimeUnit.SECONDS)
                .isSuccess();
        var unused = sdk.shutdown().join(1, TimeUnit.SECONDS);
        return sent && !lost.get();
    }

    /** The trace that a pipeline has begun and passed on in TRACEPARENT; the root where there is none. */
    private static Context pipeline(TelemetryVariables variables) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), variables.all(), new Variables());
    }

    /** Whoever has not named the service means Meridian. */
    private static Resource named(Resource resource, String version) {
        @Nullable String service = resource.getAttribute(SERVICE);
        boolean unknown = service == null || service.startsWith("unknown_service");
        return resource.merge(
                Resource.create(Attributes.of(SERVICE, unknown ? "meridian" : service, VERSION, version)));
    }

    /** TRACEPARENT and TRACESTATE, as other tools pass them on. */
    private static final class Variables implements TextMapGetter<Map<String, String>> {
        @Override
        @SuppressWarnings("deprecation") // it has to be there, and nobody asks it any more
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key.toUpperCase(Locale.ROOT));
        }
    }
}
