/** The commands: each reads its arguments, calls one use case and picks an exit code. */
@NullMarked
package org.meridian.cli.command;

import org.jspecify.annotations.NullMarked;
