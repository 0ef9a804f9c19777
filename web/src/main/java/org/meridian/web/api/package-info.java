/** What the page and other clients can ask for. */
@NullMarked
package org.meridian.web.api;

import org.jspecify.annotations.NullMarked;
