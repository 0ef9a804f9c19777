/** Releases, rollouts and the lock as files beside the configuration. */
@NullMarked
package org.meridian.drivers.filestate;

import org.jspecify.annotations.NullMarked;
