/** Reads {@code meridian.yml} and the Compose file beside it into the model, with every problem at its place. */
@NullMarked
package org.meridian.config;

import org.jspecify.annotations.NullMarked;
