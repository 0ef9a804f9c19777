/** The words of Meridian as records that parse and check themselves. */
@NullMarked
package org.meridian.core.model;

import org.jspecify.annotations.NullMarked;
