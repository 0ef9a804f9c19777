/** The command line: one main class, what it needs from the rest, and the wiring. */
@NullMarked
package org.meridian.cli;

import org.jspecify.annotations.NullMarked;
