/** Registries of container images over their HTTP API (the OCI distribution specification). */
@NullMarked
package org.meridian.drivers.registry;

import org.jspecify.annotations.NullMarked;
