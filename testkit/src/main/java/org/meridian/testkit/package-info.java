/** What tests and simulations of Meridian are made of: a simulated world and one contract suite for each port. */
@NullMarked
package org.meridian.testkit;

import org.jspecify.annotations.NullMarked;
