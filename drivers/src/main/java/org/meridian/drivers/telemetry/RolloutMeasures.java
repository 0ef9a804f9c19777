package org.meridian.drivers.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Receipt;

/** How long rollouts, their phases and their servers take, and what the probe saw; in seconds and requests. */
final class RolloutMeasures {
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("meridian.phase");
    private static final AttributeKey<String> STAGE = AttributeKey.stringKey("meridian.stage");

    private final String app;
    private final DoubleHistogram rollouts;
    private final DoubleHistogram phases;
    private final DoubleHistogram stages;
    private final LongCounter requests;
    private final LongCounter failures;

    RolloutMeasures(Meter meter, AppName app) {
        requireNonNull(meter, "meter is null");
        this.app = app.value();
        this.rollouts = seconds(meter, "meridian.rollout.duration", "From a rollout's start to its end");
        this.phases = seconds(meter, "meridian.phase.duration", "How long a region's phase took");
        this.stages = seconds(meter, "meridian.server.stage.duration", "How long a server took to a stage");
        this.requests = meter.counterBuilder("meridian.probe.requests")
                .setUnit("{request}")
                .setDescription("Requests of the probe to the public address")
                .build();
        this.failures = meter.counterBuilder("meridian.probe.failures")
                .setUnit("{request}")
                .setDescription("Those that got no good answer")
                .build();
    }

    /** Takes what happened; for any thread. */
    void take(RolloutEvent event) {
        switch (event) {
            case RolloutEvent.PhaseEnded phase ->
                phases.record(
                        seconds(phase.took()),
                        Attributes.of(
                                RolloutSpans.APP,
                                app,
                                RolloutSpans.REGION,
                                phase.region().value(),
                                PHASE,
                                RolloutSpans.word(phase.phase())));
            case RolloutEvent.ServerReached server ->
                stages.record(
                        seconds(server.took()),
                        Attributes.of(
                                RolloutSpans.APP,
                                app,
                                RolloutSpans.REGION,
                                server.region().value(),
                                STAGE,
                                RolloutSpans.word(server.stage())));
            case RolloutEvent.Finished finished -> finished(finished.receipt());
            default -> {
                // the trace tells the rest
            }
        }
    }

    private void finished(Receipt receipt) {
        rollouts.record(
                seconds(receipt.duration()),
                Attributes.of(
                        RolloutSpans.APP,
                        app,
                        RolloutSpans.OUTCOME,
                        receipt.outcome().written()));
        requests.add(receipt.probe().sent(), Attributes.of(RolloutSpans.APP, app));
        failures.add(receipt.probe().failed(), Attributes.of(RolloutSpans.APP, app));
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .build();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
