/** The state store in a file, with SQLite. */
@NullMarked
package org.meridian.drivers.sqlite;

import org.jspecify.annotations.NullMarked;
