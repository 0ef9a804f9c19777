/** How servers are placed on machines: each on one of its own, or beside others on machines that stay. */
@NullMarked
package org.meridian.core.placement;

import org.jspecify.annotations.NullMarked;
