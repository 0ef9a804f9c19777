/** Secrets in a file of environment variables beside the configuration. */
@NullMarked
package org.meridian.drivers.envfile;

import org.jspecify.annotations.NullMarked;
