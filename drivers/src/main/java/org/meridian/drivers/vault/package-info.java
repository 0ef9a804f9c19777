/** Secrets in HashiCorp Vault's key-value store, version 2, over HTTP. */
@NullMarked
package org.meridian.drivers.vault;

import org.jspecify.annotations.NullMarked;
