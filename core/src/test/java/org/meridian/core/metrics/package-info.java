@NullMarked
package org.meridian.core.metrics;

import org.jspecify.annotations.NullMarked;
