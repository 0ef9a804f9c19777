/** Prometheus as a source of what origins answer: instant queries that the team writes, over its HTTP API. */
@NullMarked
package org.meridian.drivers.prometheus;

import org.jspecify.annotations.NullMarked;
