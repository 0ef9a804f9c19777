package org.meridian.drivers.ssh;

import java.security.KeyPair;

/** The key pair that Meridian logs in with. Each call throws a Failure when it can't be had. */
public sealed interface DeployKey permits KeptDeployKey, GivenDeployKey {
    /** The public key in OpenSSH's form, one line without a comment. */
    String publicKey();

    /** Both keys; they leave this process only through SSH's own proof, which shows neither. */
    KeyPair keyPair();

    /** What it is, for a person who is not let in with it. */
    String described();

    /** What that person does about it. */
    String advice();
}
