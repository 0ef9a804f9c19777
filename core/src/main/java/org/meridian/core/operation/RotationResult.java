package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.KeyRotation;

/**
 * How far a rotation got.
 *
 * @param rotation the rotation as it is now
 * @param done     machines that the phase is done with
 * @param left     why it is not with the others; empty where it is with all
 */
public record RotationResult(KeyRotation rotation, int done, List<Diagnostic> left) {
    /** Copies the list. */
    public RotationResult {
        requireNonNull(rotation, "rotation is null");
        left = List.copyOf(left);
    }

    /** Whether a person has to store the new key where the deployers find it, before the former one can go. */
    public boolean awaitsStore() {
        return rotation.phase() == KeyRotation.Phase.REMOVING && left.isEmpty();
    }
}
