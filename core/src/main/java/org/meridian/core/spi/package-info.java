/** The ports: what Meridian asks of the outside world. */
@NullMarked
package org.meridian.core.spi;

import org.jspecify.annotations.NullMarked;
