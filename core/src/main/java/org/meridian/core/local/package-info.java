/** What Meridian keeps on the machine that runs it. */
@NullMarked
package org.meridian.core.local;

import org.jspecify.annotations.NullMarked;
