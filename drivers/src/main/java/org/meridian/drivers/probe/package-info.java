/** Requests the public address as readers do. */
@NullMarked
package org.meridian.drivers.probe;

import org.jspecify.annotations.NullMarked;
