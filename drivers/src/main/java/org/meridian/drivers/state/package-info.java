/** What the state stores have in common: records as JSON, who holds the lock, and what is said when something fails. */
@NullMarked
package org.meridian.drivers.state;

import org.jspecify.annotations.NullMarked;
