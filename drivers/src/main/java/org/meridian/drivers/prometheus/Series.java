package org.meridian.drivers.prometheus;

import java.util.Map;

/**
 * One series of a query's result, at one instant.
 *
 * @param labels its labels
 * @param value  its value, which may be no number
 */
record Series(Map<String, String> labels, double value) {
    Series {
        labels = Map.copyOf(labels);
    }
}
