/** The self-hosted edge: HAProxy, told through its Runtime API who gets traffic, and through a file after a restart. */
@NullMarked
package org.meridian.drivers.haproxy;

import org.jspecify.annotations.NullMarked;
