package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile.Service;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.plan.Overridden;

/** Finds what the Compose file sets and what a region's secrets or plain variables set otherwise; they win there. */
final class Overrides {
    private final App app;
    private final Secrets secrets;

    private Overrides(App app, Secrets secrets) {
        this.app = app;
        this.secrets = secrets;
    }

    /** By service and name. */
    static List<Overridden> of(App app, Secrets secrets) {
        return new Overrides(app, secrets).all();
    }

    private List<Overridden> all() {
        List<Overridden> all = new ArrayList<>();
        new TreeMap<>(app.compose().services()).forEach((name, service) -> {
            if (service.appImage()) {
                all.addAll(of(name, service));
            }
        });
        return all;
    }

    private List<Overridden> of(String service, Service described) {
        Set<String> names = new TreeSet<>(described.environment());
        return names.stream()
                .flatMap(name -> sources(name).entrySet().stream()
                        .map(source -> new Overridden(service, name, source.getKey(), source.getValue())))
                .toList();
    }

    private Map<String, List<RegionName>> sources(String name) {
        Map<String, List<RegionName>> sources = new LinkedHashMap<>();
        for (Region region : app.regions()) {
            source(region, name).ifPresent(source -> sources.computeIfAbsent(source, unused -> new ArrayList<>())
                    .add(region.name()));
        }
        return sources;
    }

    private Optional<String> source(Region region, String name) {
        Optional<String> secret = secrets.sources().getOrDefault(region.name(), List.of()).stream()
                .filter(source -> source.values().containsKey(name))
                .map(Source::reference)
                .reduce((before, last) -> last);
        return secret.or(() -> region.env().containsKey(name)
                ? Optional.of("regions." + region.name() + ".env")
                : Optional.of("env").filter(key -> app.env().containsKey(name)));
    }
}
