/** Engines that are broken on purpose, to see that the simulation notices. */
@NullMarked
package org.meridian.testkit.simulation.mutation;

import org.jspecify.annotations.NullMarked;
