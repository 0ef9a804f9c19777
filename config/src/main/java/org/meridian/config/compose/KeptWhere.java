package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.meridian.core.model.AppName;

/**
 * Where services of an app may outlive its releases.
 *
 * @param app    the app
 * @param alone  whether it has one machine only, which stays, and keeps them all
 * @param places those that have a place of their own
 */
public record KeptWhere(AppName app, boolean alone, Map<String, DataPlace> places) {
    /** Copies the map. */
    public KeptWhere {
        requireNonNull(app, "app is null");
        places = Map.copyOf(places);
    }

    boolean keeps(String service) {
        return alone || places.containsKey(service);
    }

    /** The machine; empty for the only one. */
    Optional<String> machine() {
        return alone
                ? Optional.empty()
                : places.values().stream().map(DataPlace::machine).findFirst();
    }
}
