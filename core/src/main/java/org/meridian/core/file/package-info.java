/** Files that somebody else wrote. */
@NullMarked
package org.meridian.core.file;

import org.jspecify.annotations.NullMarked;
