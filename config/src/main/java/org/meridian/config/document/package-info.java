/** YAML files as trees that know where each value stands, and the reading of keys from them with every problem kept. */
@NullMarked
package org.meridian.config.document;

import org.jspecify.annotations.NullMarked;
