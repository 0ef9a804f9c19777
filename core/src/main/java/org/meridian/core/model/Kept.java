package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The services of an app that keep data on machines that stay. They are no part of a release: a Compose project of their own
 * on the machine has them, which releases neither start again nor remove, and every release's containers find them by the
 * names of the Compose file.
 *
 * @param services     each such service
 * @param volumes      volumes that outlive releases, and their names in Docker, which never change; without those that the
 *                     Compose file calls external
 * @param dependencies for each other service that depends on one of them, what is left of its {@code depends_on} as YAML in one
 *                     line; empty for nothing
 * @param machine      where they are, as the configuration names it for SSH; empty where the app has one machine only
 * @param hosts        for each service that releases replace, the names by which it finds them from other machines, as
 *                     {@code extra_hosts} has them: {@code db=10.0.0.5}
 */
public record Kept(
        Map<String, KeptService> services,
        Map<String, String> volumes,
        Map<String, String> dependencies,
        Optional<String> machine,
        Map<String, List<String>> hosts) {
    /** An app without such services. */
    public static final Kept NONE = new Kept(Map.of(), Map.of(), Map.of(), Optional.empty(), Map.of());

    /** Copies the maps. */
    public Kept {
        services = Map.copyOf(services);
        volumes = Map.copyOf(volumes);
        dependencies = Map.copyOf(dependencies);
        requireNonNull(machine, "machine is null");
        hosts = hosts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, names -> List.copyOf(names.getValue())));
    }

    /** What outlives releases on the one machine of an app. */
    public Kept(Map<String, KeptService> services, Map<String, String> volumes, Map<String, String> dependencies) {
        this(services, volumes, dependencies, Optional.empty(), Map.of());
    }

    /** Whether they are on the machine of this server. */
    public boolean on(Server server) {
        return machine.isEmpty() || server.machine().name().value().equals(machine.get());
    }

    /** The name of everything that such services of an app have on their machine: directory, Compose project, volumes. */
    public static ServerName home(AppName app) {
        return new ServerName("meridian-" + app + "-data");
    }

    /** Whether nothing outlives a release. */
    public boolean isEmpty() {
        return services.isEmpty() && volumes.isEmpty();
    }

    /**
     * A service that keeps data.
     *
     * @param definition how it is defined, as {@link Definition} writes it
     * @param networks   the Compose networks that it is in, and its further names in each
     * @param volumes    the names in Docker of the volumes with its data
     * @param directories the directories of the machine with its data
     * @param published  the address and ports at which other machines reach it, as Compose publishes it; empty for none
     * @param backup     how it is backed up
     */
    public record KeptService(
            String definition,
            Map<String, List<String>> networks,
            List<String> volumes,
            List<String> directories,
            Optional<String> published,
            Backup backup) {
        /** Copies the collections. */
        public KeptService {
            requireNonNull(definition, "definition is null");
            networks = networks.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, names -> List.copyOf(names.getValue())));
            volumes = List.copyOf(volumes);
            directories = List.copyOf(directories);
            requireNonNull(published, "published is null");
            requireNonNull(backup, "backup is null");
        }
    }

    /** Everything that a release finds, in a fixed order; how it is backed up makes no other release. */
    @Override
    public String toString() {
        TreeMap<String, String> all = new TreeMap<>();
        services.forEach((name, service) -> all.put(
                name,
                service.definition()
                        + new TreeMap<>(service.networks())
                        + service.volumes()
                        + service.directories()
                        + service.published().orElse("")));
        return all + " " + new TreeMap<>(volumes) + " " + new TreeMap<>(dependencies)
                + machine.map(one -> " " + one + " " + new TreeMap<>(hosts)).orElse("");
    }
}
