/** Lines of many servers in the order of their times. */
@NullMarked
package org.meridian.core.logs;

import org.jspecify.annotations.NullMarked;
