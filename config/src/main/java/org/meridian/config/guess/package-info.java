/** Guesses from a Compose file what a first configuration shall say, and why. Reads leniently and never fails. */
@NullMarked
package org.meridian.config.guess;

import org.jspecify.annotations.NullMarked;
