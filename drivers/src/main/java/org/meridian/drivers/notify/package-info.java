/** Telling people elsewhere, over HTTP. */
@NullMarked
package org.meridian.drivers.notify;

import org.jspecify.annotations.NullMarked;
