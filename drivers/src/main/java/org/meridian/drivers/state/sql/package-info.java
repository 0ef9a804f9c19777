/** The state store over SQL: the statements that SQLite and PostgreSQL share. */
@NullMarked
package org.meridian.drivers.state.sql;

import org.jspecify.annotations.NullMarked;
