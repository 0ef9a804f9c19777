/** The launcher at the root of the checkout. */
@NullMarked
package org.meridian.cli.launcher;

import org.jspecify.annotations.NullMarked;
