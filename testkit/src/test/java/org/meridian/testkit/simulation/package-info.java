/** The engine in the simulated world. */
@NullMarked
package org.meridian.testkit.simulation;

import org.jspecify.annotations.NullMarked;
