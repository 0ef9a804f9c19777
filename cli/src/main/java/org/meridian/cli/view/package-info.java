/** How things look, on a terminal, in a pipe and as JSON; the only code that touches the standard streams. */
@NullMarked
package org.meridian.cli.view;

import org.jspecify.annotations.NullMarked;
