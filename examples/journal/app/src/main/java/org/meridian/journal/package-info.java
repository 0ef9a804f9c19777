/** Journal, a Markdown blog: the kind of app that Meridian deploys. */
@NullMarked
package org.meridian.journal;

import org.jspecify.annotations.NullMarked;
