/** Answers over HTTP, bounded in time and size; shared by the drivers. */
@NullMarked
package org.meridian.drivers.http;

import org.jspecify.annotations.NullMarked;
