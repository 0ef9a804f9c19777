/** The state store in PostgreSQL. */
@NullMarked
package org.meridian.drivers.postgres;

import org.jspecify.annotations.NullMarked;
