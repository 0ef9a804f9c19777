/** Who may look and act, and what a request has to be like to be heard. */
@NullMarked
package org.meridian.web.security;

import org.jspecify.annotations.NullMarked;
