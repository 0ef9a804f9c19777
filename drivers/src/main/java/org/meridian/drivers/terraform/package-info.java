/** Servers of any cloud by Terraform: one root module and one state per region. */
@NullMarked
package org.meridian.drivers.terraform;

import org.jspecify.annotations.NullMarked;
