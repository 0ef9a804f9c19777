package org.meridian.cli;

import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.KeyRotation.Phase;

/** Refuses to begin with a deploy key that was replaced: no machine would let it in. */
final class FormerKey {
    private FormerKey() {}

    /** Throws a Failure of kind USAGE where this key is the former one of a rotation that has ended. */
    static void refuse(String current, Optional<KeyRotation> rotation) {
        rotation.filter(one -> one.phase() == Phase.DONE && one.from().equals(current))
                .ifPresent(one -> {
                    throw Failure.usage(Diagnostic.of(
                            "former-deploy-key",
                            "the deploy key that is configured here was replaced by " + one.who()
                                    + " in a rotation begun on " + one.since(),
                            "Store the new one where 'ssh.deploy_key' points; 'meridian keys' shows its fingerprint."));
                });
    }
}
