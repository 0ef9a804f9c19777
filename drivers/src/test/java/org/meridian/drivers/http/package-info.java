/** Tests of answers over HTTP. */
@NullMarked
package org.meridian.drivers.http;

import org.jspecify.annotations.NullMarked;
