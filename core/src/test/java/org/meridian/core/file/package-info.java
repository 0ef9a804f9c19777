/** Tests of reading files. */
@NullMarked
package org.meridian.core.file;

import org.jspecify.annotations.NullMarked;
