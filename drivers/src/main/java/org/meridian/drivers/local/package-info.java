/** The local provider: servers, networks and a registry as containers of this machine's Docker Engine. */
@NullMarked
package org.meridian.drivers.local;

import org.jspecify.annotations.NullMarked;
