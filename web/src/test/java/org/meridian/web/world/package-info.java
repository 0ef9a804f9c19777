/** How what was seen becomes what clients get. */
@NullMarked
package org.meridian.web.world;

import org.jspecify.annotations.NullMarked;
