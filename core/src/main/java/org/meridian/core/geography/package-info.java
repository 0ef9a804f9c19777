/** Where places are and how far apart, so that users can be sent to the region that is near them. */
@NullMarked
package org.meridian.core.geography;

import org.jspecify.annotations.NullMarked;
