/** Who is let in, and for how long. */
@NullMarked
package org.meridian.web.security;

import org.jspecify.annotations.NullMarked;
