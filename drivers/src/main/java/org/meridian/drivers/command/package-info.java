/** Commands as data and the one place that runs processes. */
@NullMarked
package org.meridian.drivers.command;

import org.jspecify.annotations.NullMarked;
