/** What origins answer: rates, errors and percentiles from the counts of the edge. */
@NullMarked
package org.meridian.core.metrics;

import org.jspecify.annotations.NullMarked;
