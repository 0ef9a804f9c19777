/** The team's Compose file: what Meridian must know of it, and what in it can't work on a server. */
@NullMarked
package org.meridian.config.compose;

import org.jspecify.annotations.NullMarked;
