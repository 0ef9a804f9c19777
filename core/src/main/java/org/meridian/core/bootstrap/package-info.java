/** What a server gets before it runs any release: the same user data on a laptop and in a cloud. */
@NullMarked
package org.meridian.core.bootstrap;

import org.jspecify.annotations.NullMarked;
