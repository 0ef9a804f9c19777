/** Servers on machines that exist already: each release has a place of its own there, beside the others. */
@NullMarked
package org.meridian.drivers.hosts;

import org.jspecify.annotations.NullMarked;
