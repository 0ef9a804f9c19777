/** A world in memory with its own time, in which the real planner and engine run, and in which anything may fail. */
@NullMarked
package org.meridian.testkit.simulation;

import org.jspecify.annotations.NullMarked;
