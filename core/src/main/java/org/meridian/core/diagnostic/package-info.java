/** Problems that a person can act on. */
@NullMarked
package org.meridian.core.diagnostic;

import org.jspecify.annotations.NullMarked;
