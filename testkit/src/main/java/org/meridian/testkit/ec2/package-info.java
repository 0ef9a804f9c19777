/** As much of Amazon EC2's query API, and of STS, as the bundled Terraform module needs; for tests. */
@NullMarked
package org.meridian.testkit.ec2;

import org.jspecify.annotations.NullMarked;
