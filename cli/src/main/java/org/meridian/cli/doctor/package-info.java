/** Checks of the machine that Meridian runs on, each with how to fix what it finds. */
@NullMarked
package org.meridian.cli.doctor;

import org.jspecify.annotations.NullMarked;
