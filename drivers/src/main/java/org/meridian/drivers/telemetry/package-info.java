/** Traces and metrics of rollouts, sent as OpenTelemetry's standard variables say. */
@NullMarked
package org.meridian.drivers.telemetry;

import org.jspecify.annotations.NullMarked;
