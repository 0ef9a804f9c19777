/** The state store in a bucket of S3, or of another service that speaks its protocol and has conditional writes. */
@NullMarked
package org.meridian.drivers.s3;

import org.jspecify.annotations.NullMarked;
