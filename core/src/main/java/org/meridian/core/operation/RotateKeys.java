package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.KeyRotation;
import org.meridian.core.model.KeyRotation.Phase;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.KeyPlace;
import org.meridian.core.spi.StateStore.Lock;

/**
 * Puts a new deploy key in the place of the former one. The state says how far that is, and each step looks first: cut off
 * anywhere, it goes on when it is run again. Until every machine lets the new key in, the former one stays everywhere.
 */
public final class RotateKeys {
    private final Workspace workspace;
    private final KeyAccess access;
    private final KeyPlaces places;

    /** Rotates the key of this workspace's app. */
    public RotateKeys(Workspace workspace, KeyAccess access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
        this.places = new KeyPlaces(workspace, access);
    }

    /** Begins a rotation or goes on with the one that is under way, as far as that goes now. */
    public RotationResult run() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "keys rotate")) {
            requireNothingUnfinished();
            Optional<KeyRotation> begun = workspace.state().keyRotation().filter(KeyRotation::underWay);
            KeyRotation rotation = begun.isPresent() ? goingOn(begun.get()) : begin(turn.lock());
            return rotation.phase() == Phase.UNDOING ? undo(turn.lock(), rotation) : rotate(turn.lock(), rotation);
        }
    }

    /** Takes the new key away again from every machine that has it; throws a Failure of kind USAGE when it is too late. */
    public RotationResult undo() throws InterruptedException {
        try (Turn turn = Turn.take(workspace, "keys rotate")) {
            KeyRotation rotation = workspace
                    .state()
                    .keyRotation()
                    .filter(one -> one.phase() == Phase.ADDING || one.phase() == Phase.UNDOING)
                    .orElseThrow(RotateKeys::nothingToUndo);
            return undo(turn.lock(), rotation);
        }
    }

    private RotationResult rotate(Lock lock, KeyRotation rotation) throws InterruptedException {
        List<KeyPlace> all = places.all();
        if (rotation.phase() == Phase.ADDING) {
            List<Diagnostic> left = places.attempt(all, place -> add(place, rotation));
            if (!left.isEmpty()) {
                return new RotationResult(rotation, all.size() - left.size(), left);
            }
        }
        // From here on the former key is of no more use than the new one: it may be replaced at the deployers.
        KeyRotation removing = saved(lock, rotation, Phase.REMOVING);
        if (access.current().equals(rotation.from()) && !access.promote()) {
            return new RotationResult(removing, all.size(), List.of());
        }
        List<Diagnostic> left = places.attempt(all, place -> access.remove(place, rotation.from(), rotation.to()));
        return new RotationResult(
                left.isEmpty() ? saved(lock, removing, Phase.DONE) : removing, all.size() - left.size(), left);
    }

    private void add(KeyPlace place, KeyRotation rotation) throws InterruptedException {
        access.add(place, rotation.to(), rotation.from());
        if (access.current().equals(rotation.from())) {
            access.tryNext(place);
        }
    }

    private RotationResult undo(Lock lock, KeyRotation rotation) throws InterruptedException {
        if (!access.current().equals(rotation.from())) {
            throw otherKey(rotation);
        }
        KeyRotation undoing = saved(lock, rotation, Phase.UNDOING);
        List<KeyPlace> all = places.all();
        List<Diagnostic> left = places.attempt(all, place -> access.remove(place, rotation.to(), rotation.from()));
        if (!left.isEmpty()) {
            return new RotationResult(undoing, all.size() - left.size(), left);
        }
        access.discard();
        return new RotationResult(saved(lock, undoing, Phase.UNDONE), all.size(), List.of());
    }

    private KeyRotation begin(Lock lock) {
        String from = access.current();
        String to = access.prepare();
        if (from.equals(to)) {
            throw Failure.usage(Diagnostic.of(
                    "same-key",
                    "the new key is the one that is in use already",
                    "Make another one with 'ssh-keygen -t ed25519 -N \"\" -f new-key', and name that."));
        }
        KeyRotation rotation = new KeyRotation(
                from,
                to,
                Phase.ADDING,
                workspace.who(),
                workspace.world().time().now());
        new Audit(workspace).write("keys rotate", List.of(), from + " -> " + to);
        workspace.state().save(lock, rotation);
        return rotation;
    }

    /** Whoever goes on must have the keys that it is about. */
    private KeyRotation goingOn(KeyRotation rotation) {
        String current = access.current();
        boolean known = current.equals(rotation.from()) || current.equals(rotation.to());
        boolean needsNext = current.equals(rotation.from()) && rotation.phase() == Phase.ADDING;
        if (!known || (needsNext && !access.next().equals(Optional.of(rotation.to())))) {
            throw otherKey(rotation);
        }
        return rotation;
    }

    private KeyRotation saved(Lock lock, KeyRotation rotation, Phase phase) {
        if (rotation.phase() == phase) {
            return rotation;
        }
        KeyRotation next = rotation.in(phase);
        workspace.state().save(lock, next);
        return next;
    }

    /** A server that is half made may not be seen yet, and would be left with the former key alone. */
    private void requireNothingUnfinished() {
        workspace.history().interrupted().ifPresent(one -> {
            throw Failure.usage(Diagnostic.of(
                    "unfinished-rollout",
                    "rollout " + one.number() + " has not ended, and servers of it may be half made",
                    "Finish it with 'meridian deploy' or undo it with 'meridian rollback' first."));
        });
    }

    private static Failure nothingToUndo() {
        return Failure.usage(
                Diagnostic.of(
                        "nothing-to-undo",
                        "no rotation of the key is at a point from which it can be undone",
                        "'meridian keys' says how far it is; once every machine accepts the new key, it can only be finished."));
    }

    private static Failure otherKey(KeyRotation rotation) {
        return Failure.usage(
                Diagnostic.of(
                        "other-key",
                        "the rotation that " + rotation.who() + " began is about other keys than this machine has",
                        "Run it where it was begun, or with the same --new; 'meridian keys rotate --undo' takes the new key away."));
    }
}
