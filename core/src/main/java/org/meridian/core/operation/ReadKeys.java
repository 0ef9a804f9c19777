package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.KeyPlace;

/** Finds out which key is logged in with and what each machine accepts. Changes nothing. */
public final class ReadKeys {
    private final Workspace workspace;
    private final KeyAccess access;

    /** Reads the keys of this workspace's app. */
    public ReadKeys(Workspace workspace, KeyAccess access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
    }

    /** Looks at every machine; what can't be looked at is in the report with the reason. */
    public KeyReport run() throws InterruptedException {
        Queue<KeyReport.At> found = new ConcurrentLinkedQueue<>();
        List<KeyPlace> places = new KeyPlaces(workspace, access).all();
        workspace.world().tasks().forEach(places, place -> found.add(at(place)));
        return new KeyReport(
                access.current(),
                access.source(),
                workspace.state().keyRotation(),
                found.stream().sorted(Comparator.comparing(KeyReport.At::name)).toList());
    }

    private KeyReport.At at(KeyPlace place) throws InterruptedException {
        try {
            return new KeyReport.At(place.name(), access.accepted(place), Optional.empty());
        } catch (Failure e) {
            return new KeyReport.At(place.name(), List.of(), Optional.of(e.diagnostic()));
        }
    }
}
