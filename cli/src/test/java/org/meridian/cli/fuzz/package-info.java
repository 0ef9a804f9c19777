/** Inputs that chance has changed, and what reads them. */
@NullMarked
package org.meridian.cli.fuzz;

import org.jspecify.annotations.NullMarked;
