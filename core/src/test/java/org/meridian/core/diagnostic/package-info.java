/** Tests of diagnostics. */
@NullMarked
package org.meridian.core.diagnostic;

import org.jspecify.annotations.NullMarked;
