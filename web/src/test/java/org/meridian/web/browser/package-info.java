/** The dashboard in a real browser without a window: what a test does and sees, in words. */
@NullMarked
package org.meridian.web.browser;

import org.jspecify.annotations.NullMarked;
