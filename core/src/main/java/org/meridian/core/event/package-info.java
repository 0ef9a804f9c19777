/** What happens during a rollout, as data; views render it. */
@NullMarked
package org.meridian.core.event;

import org.jspecify.annotations.NullMarked;
