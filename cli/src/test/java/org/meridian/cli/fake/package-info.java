/** Stand-ins for the app, the streams and the configuration, and data to show. */
@NullMarked
package org.meridian.cli.fake;

import org.jspecify.annotations.NullMarked;
