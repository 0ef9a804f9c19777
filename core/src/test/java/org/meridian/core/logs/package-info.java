@NullMarked
package org.meridian.core.logs;

import org.jspecify.annotations.NullMarked;
