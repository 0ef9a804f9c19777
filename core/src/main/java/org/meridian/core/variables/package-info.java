/** Variables and the texts that take them in, as Docker Compose reads both. */
@NullMarked
package org.meridian.core.variables;

import org.jspecify.annotations.NullMarked;
