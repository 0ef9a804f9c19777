/** Tests of the use cases' pure parts; those in a simulated world are in testkit. */
@NullMarked
package org.meridian.core.operation;

import org.jspecify.annotations.NullMarked;
