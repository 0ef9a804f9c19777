package org.meridian.drivers.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meridian.core.event.EventSink;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.AppName;

/**
 * Sends rollouts as traces, and their measures, to where OpenTelemetry's standard variables say. It begins with the first
 * rollout, so that other commands cost nothing; and nothing that goes wrong with it stops a rollout.
 */
public final class Telemetry implements EventSink, AutoCloseable {
    private final AppName app;
    private final String version;
    private final TelemetryVariables variables;
    private final Consumer<String> notes;
    private boolean begun;
    private volatile @Nullable Sending sending;

    /**
     * Begins nothing yet.
     *
     * @param version     Meridian's
     * @param environment the process's variables
     * @param notes       takes what is to be said where it does not work
     */
    public Telemetry(AppName app, String version, Map<String, String> environment, Consumer<String> notes) {
        this.app = requireNonNull(app, "app is null");
        this.version = requireNonNull(version, "version is null");
        this.variables = new TelemetryVariables(environment);
        this.notes = requireNonNull(notes, "notes is null");
    }

    @Override
    public void emit(RolloutEvent event) {
        if (event instanceof RolloutEvent.Started) {
            begin();
        }
        Sending now = sending;
        if (now == null) {
            return;
        }
        try {
            now.take(event);
        } catch (RuntimeException e) {
            // Whoever emits is in the midst of a rollout, which this must not end.
            notes.accept("OpenTelemetry: left out an event: " + e.getMessage());
        }
    }

    /** Sends what is left, which takes some seconds at most. */
    @Override
    public void close() {
        Sending now = sending;
        if (now != null && !now.end()) {
            notes.accept("OpenTelemetry: not everything was sent; see whether OTEL_EXPORTER_OTLP_ENDPOINT answers.");
        }
    }

    private synchronized void begin() {
        if (begun || !variables.wanted()) {
            return;
        }
        begun = true;
        try {
            variables.requireSupported();
            sending = Sending.begin(app, version, variables);
        } catch (RuntimeException e) {
            // The SDK throws what it likes where it is told something that it can't do.
            notes.accept("OpenTelemetry: nothing is sent: " + e.getMessage());
        }
    }
}
