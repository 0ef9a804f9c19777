/** What holds for all modules. */
@NullMarked
package org.meridian.cli.architecture;

import org.jspecify.annotations.NullMarked;
