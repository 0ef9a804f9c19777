/** What tests need to know of the Terraform on this machine. */
@NullMarked
package org.meridian.testkit.terraform;

import org.jspecify.annotations.NullMarked;
