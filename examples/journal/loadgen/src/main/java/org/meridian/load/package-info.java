/**
 * A load generator for the Journal example. Requests leave at a constant rate whatever the answers do (an open loop),
 * and latency counts from the moment a request was due, so a stall is seen by every request that it holds up.
 */
@NullMarked
package org.meridian.load;

import org.jspecify.annotations.NullMarked;
