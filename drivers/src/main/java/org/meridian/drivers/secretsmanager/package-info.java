/** Secrets in AWS Secrets Manager. */
@NullMarked
package org.meridian.drivers.secretsmanager;

import org.jspecify.annotations.NullMarked;
