/** Secrets that a program prints: any password manager that has a command line. */
@NullMarked
package org.meridian.drivers.secretcommand;

import org.jspecify.annotations.NullMarked;
