/** Server-sent events: one queue for each client, so that a slow one holds nobody up. */
@NullMarked
package org.meridian.web.stream;

import org.jspecify.annotations.NullMarked;
