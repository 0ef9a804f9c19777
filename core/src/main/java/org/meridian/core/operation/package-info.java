/** The use cases that the command line and the dashboard share. */
@NullMarked
package org.meridian.core.operation;

import org.jspecify.annotations.NullMarked;
