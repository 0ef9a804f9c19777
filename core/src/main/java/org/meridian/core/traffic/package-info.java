/** What is built of traffic layers: an edge whose origins are machines, with a proxy on each. */
@NullMarked
package org.meridian.core.traffic;

import org.jspecify.annotations.NullMarked;
