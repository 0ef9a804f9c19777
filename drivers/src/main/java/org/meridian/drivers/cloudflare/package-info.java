/** Cloudflare's load balancing as the traffic layer. */
@NullMarked
package org.meridian.drivers.cloudflare;

import org.jspecify.annotations.NullMarked;
