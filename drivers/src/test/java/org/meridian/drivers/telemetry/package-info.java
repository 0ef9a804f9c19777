@NullMarked
package org.meridian.drivers.telemetry;

import org.jspecify.annotations.NullMarked;
