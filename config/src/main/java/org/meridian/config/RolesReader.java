package org.meridian.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.config.compose.ComposeDocument;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.Duties;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Worker;

/**
 * Reads what the services of the Compose file are for. A service of the app's own image takes jobs unless it is said to
 * support the others, answers the requests, ends by itself, or is needed by the service that answers them.
 */
final class RolesReader {
    private static final int MOST_SERVERS = 1_000;

    private final Optional<ComposeDocument> compose;
    private final Optional<ImageReference> image;
    private final RegionsReader regions;
    private final Optional<String> served;
    private final ServicesReader services;

    RolesReader(
            Optional<ComposeDocument> compose,
            Optional<ImageReference> image,
            RegionsReader regions,
            Optional<String> served,
            ServicesReader services) {
        this.compose = compose;
        this.image = image;
        this.regions = regions;
        this.served = served;
        this.services = services;
    }

    Duties read(Section root, Map<String, String> roles) {
        Map<String, Worker> workers = new TreeMap<>();
        for (ComposeService service : unsaid(roles.keySet())) {
            workers.put(service.name(), everywhere(service));
        }
        roles.forEach((name, role) -> {
            if (role.equals(ServicesReader.WORKER)) {
                service(name).ifPresent(service -> workers.put(name, everywhere(service)));
            }
        });
        for (Named entry : ServicesReader.entries(root.find("workers"))) {
            worker(entry, roles).ifPresent(worker -> workers.put(entry.name(), worker));
        }
        return new Duties(workers);
    }

    private Optional<ComposeService> service(String name) {
        return compose.flatMap(document -> document.service(name));
    }

    /** The services that take jobs though nobody said so. */
    private List<ComposeService> unsaid(Set<String> said) {
        if (compose.isEmpty() || image.isEmpty() || served.isEmpty()) {
            return List.of();
        }
        Set<String> needed = neededBy(served.get());
        return compose.get().appServices(image.get()).stream()
                .filter(service -> !said.contains(service.name()))
                .filter(service -> !needed.contains(service.name()))
                .filter(service -> !service.endsByItself() && !completes(service.name()))
                .toList();
    }

    private boolean completes(String name) {
        return compose.stream()
                .flatMap(document -> document.services().stream())
                .anyMatch(service -> service.awaitsEndOf().contains(name));
    }

    /** A service and all that it depends on. */
    private Set<String> neededBy(String name) {
        Set<String> needed = new HashSet<>();
        Set<String> open = new TreeSet<>(Set.of(name));
        while (!open.isEmpty()) {
            Set<String> next = open.stream()
                    .flatMap(one -> service(one).stream())
                    .flatMap(service -> service.dependencies().stream())
                    .filter(dependency -> !needed.contains(dependency))
                    .collect(Collectors.toSet());
            needed.addAll(open);
            next.removeAll(needed);
            open = next;
        }
        return needed;
    }

    private Optional<Worker> worker(Named entry, Map<String, String> roles) {
        Section section = entry.field().section();
        Set<RegionName> where = section.find("regions")
                .map(field -> field.itemsOrSelf("Write a region's name, or a list of several.").stream()
                        .flatMap(item -> regions.known(item).stream())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        Optional<Integer> servers = section.find("servers").flatMap(field -> field.number(1, MOST_SERVERS));
        boolean overlap = section.find("overlap").filter(ServicesReader::yes).isPresent();
        if (!services.known(entry) || !services.mayBe(entry, ServicesReader.WORKER)) {
            return Optional.empty();
        }
        if (ServicesReader.SUPPORT.equals(roles.get(entry.name()))) {
            entry.field()
                    .keyError(
                            "wrong-role",
                            "'services." + entry.name() + "' says that it is no worker",
                            "Leave it out in one of the two places.");
            return Optional.empty();
        }
        return service(entry.name())
                .map(service ->
                        new Worker(where, servers, overlap, everywhere(service).grace()));
    }

    private static Worker everywhere(ComposeService service) {
        return new Worker(
                Set.of(), Optional.empty(), false, service.stopGracePeriod().orElse(Worker.USUAL_GRACE));
    }
}
