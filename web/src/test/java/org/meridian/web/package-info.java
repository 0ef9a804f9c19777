/** Tests of the dashboard's server against a simulated world that lives. */
@NullMarked
package org.meridian.web;

import org.jspecify.annotations.NullMarked;
