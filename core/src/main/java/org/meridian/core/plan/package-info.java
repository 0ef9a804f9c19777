/** The pure step from what is wanted and what is there to what will be done. */
@NullMarked
package org.meridian.core.plan;

import org.jspecify.annotations.NullMarked;
