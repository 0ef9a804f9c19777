/** Requests the public address as users do. */
@NullMarked
package org.meridian.drivers.probe;

import org.jspecify.annotations.NullMarked;
