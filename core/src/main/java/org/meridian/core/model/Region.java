package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One place where the app runs, as the configuration describes it.
 *
 * @param name     the team's name for it
 * @param provider which fleet driver makes its servers, such as {@code local}
 * @param location where it is: a cloud's region name or an ISO 3166 country code
 * @param servers  how many servers serve there; 1 or greater
 * @param size     the provider's name for a server's size; empty for the provider's default
 * @param networks further networks that each server joins, by the provider's names
 * @param env      plain environment variables for the app's containers there; wins over the app's
 * @param secrets  references to secrets, the app's and then its own, in the order in which later ones win
 * @param required names of variables that must have a value there
 * @param images   how its servers get the images of the app's registry
 * @param strategy where the servers of a new release go
 */
public record Region(
        RegionName name,
        String provider,
        String location,
        int servers,
        Optional<String> size,
        List<String> networks,
        Map<String, String> env,
        List<String> secrets,
        Set<String> required,
        ImageRoute images,
        Strategy strategy) {
    /** Checks the number of servers and copies the collections. */
    public Region {
        requireNonNull(name, "name is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(location, "location is null");
        requireNonNull(size, "size is null");
        if (servers < 1) {
            throw new IllegalArgumentException("a region has at least one server, not " + servers);
        }
        networks = List.copyOf(networks);
        env = Map.copyOf(env);
        secrets = List.copyOf(secrets);
        required = Set.copyOf(required);
        requireNonNull(images, "images is null");
        requireNonNull(strategy, "strategy is null");
    }

    /** One in which no name is required, whose servers pull what they need, and where each release brings machines of its own. */
    public Region(
            RegionName name,
            String provider,
            String location,
            int servers,
            Optional<String> size,
            List<String> networks,
            Map<String, String> env,
            List<String> secrets) {
        this(
                name,
                provider,
                location,
                servers,
                size,
                networks,
                env,
                secrets,
                Set.of(),
                ImageRoute.REGISTRY,
                Strategy.REPLACE);
    }

    /** One that left the configuration, of which no more is known than what its servers tell. */
    public static Region former(RegionName name, String provider) {
        return new Region(name, provider, "unknown", 1, Optional.empty(), List.of(), Map.of(), List.of());
    }

    /** The same region with so many servers. */
    public Region having(int number) {
        return new Region(name, provider, location, number, size, networks, env, secrets, required, images, strategy);
    }

    /** The same region with these references before its own, to which they give way. */
    public Region beside(List<String> references) {
        List<String> all = new ArrayList<>(references);
        all.addAll(secrets);
        return new Region(name, provider, location, servers, size, networks, env, all, required, images, strategy);
    }

    /** The same region with this strategy. */
    public Region by(Strategy other) {
        return new Region(name, provider, location, servers, size, networks, env, secrets, required, images, other);
    }

    /** Whether its machines outlive releases. */
    public boolean machinesStay() {
        return strategy == Strategy.IN_PLACE;
    }
}
