/** Changes texts by chance, in bytes, structure, size and repetition, to see whether what reads them can take it. */
@NullMarked
package org.meridian.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
