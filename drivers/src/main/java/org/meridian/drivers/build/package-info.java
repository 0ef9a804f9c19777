/** Builds container images with Docker's own command line. */
@NullMarked
package org.meridian.drivers.build;

import org.jspecify.annotations.NullMarked;
