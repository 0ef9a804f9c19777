/** What sources of secrets have in common: how names and values are written, and what makes a version. */
@NullMarked
package org.meridian.drivers.secret;

import org.jspecify.annotations.NullMarked;
