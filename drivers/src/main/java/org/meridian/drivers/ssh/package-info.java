/** Servers over SSH: connections with pinned host keys, and what is run through them to install a release. */
@NullMarked
package org.meridian.drivers.ssh;

import org.jspecify.annotations.NullMarked;
