/** Meridian as a user runs it, against real servers, a real edge and real containers on this machine. */
@NullMarked
package org.meridian.cli.world;

import org.jspecify.annotations.NullMarked;
