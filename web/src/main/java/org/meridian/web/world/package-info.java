/** What clients are shown of the world: one look for all of them, as data. */
@NullMarked
package org.meridian.web.world;

import org.jspecify.annotations.NullMarked;
