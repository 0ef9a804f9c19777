/** A team's own commands, as processes of the deployer's machine. */
@NullMarked
package org.meridian.drivers.hooks;

import org.jspecify.annotations.NullMarked;
