/** The engine that carries out a plan. */
@NullMarked
package org.meridian.core.rollout;

import org.jspecify.annotations.NullMarked;
