package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Server;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.KeyPlace;

/** Every machine that lets the deploy key in, and doing one thing on all of them at once. */
final class KeyPlaces {
    private final Workspace workspace;
    private final KeyAccess access;

    KeyPlaces(Workspace workspace, KeyAccess access) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.access = requireNonNull(access, "access is null");
    }

    /** All of them, by name; one that can't be seen now is none the less among them, where it is known. */
    List<KeyPlace> all() throws InterruptedException {
        List<KeyPlace> places = new ArrayList<>(access.machines());
        List<Server> servers = workspace
                .world()
                .patience()
                .retry(() -> workspace.world().fleet().servers());
        servers.stream()
                .filter(server -> server.machine().listed().isEmpty())
                .forEach(server -> places.add(new KeyPlace.Made(server)));
        places.sort(Comparator.comparing(KeyPlace::name));
        return places;
    }

    /** Does it on each, again where nobody answers, and tells what did not work, by machine. */
    List<Diagnostic> attempt(List<KeyPlace> places, Act act) throws InterruptedException {
        List<Diagnostic> problems = Collections.synchronizedList(new ArrayList<>());
        workspace.world().tasks().forEach(places, place -> {
            try {
                boolean ignored = workspace.world().patience().retry(() -> {
                    act.on(place);
                    return true;
                });
            } catch (Failure e) {
                problems.add(named(place, e.diagnostic()));
            }
        });
        return problems.stream()
                .sorted(Comparator.comparing(Diagnostic::summary))
                .toList();
    }

    private static Diagnostic named(KeyPlace place, Diagnostic problem) {
        return problem.summary().contains(place.name())
                ? problem
                : new Diagnostic(
                        problem.code(),
                        place.name() + ": " + problem.summary(),
                        problem.detail(),
                        problem.suggestion(),
                        problem.where());
    }

    /** What is done on a machine. */
    @FunctionalInterface
    interface Act {
        void on(KeyPlace place) throws InterruptedException;
    }
}
