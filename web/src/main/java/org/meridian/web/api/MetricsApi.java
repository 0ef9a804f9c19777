package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.meridian.web.world.WorldWatch;

/** The world in Prometheus' text format, for those who keep figures elsewhere. */
public final class MetricsApi {
    private final WorldWatch watch;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** Of that watch. */
    public MetricsApi(WorldWatch watch) {
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** The figures now; whoever asks every minute keeps the watch going. */
    public void get(Context context) throws IOException, InterruptedException {
        var world = watch.glance(WorldApi.PATIENCE).view();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, new Figures(world, watch.counts()).all(), EscapingScheme.UNDERSCORE_ESCAPING);
        context.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(text.toByteArray());
    }
}
