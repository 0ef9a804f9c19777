/** Judging a new release by what it answers: pure, so that its errors can be counted. */
@NullMarked
package org.meridian.core.canary;

import org.jspecify.annotations.NullMarked;
