/** What clients are sent, and how slow ones are treated. */
@NullMarked
package org.meridian.web.stream;

import org.jspecify.annotations.NullMarked;
