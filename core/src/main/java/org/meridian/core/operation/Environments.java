package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.core.model.App;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.ComposeFile.Service;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.EnvironmentReport.Variable;

/**
 * Finds what gives the variables of the app's services their values. In this order the later wins: the files of
 * {@code env_file}, the Compose file's {@code environment} with what {@code .env} puts into it, the app's {@code env}, the region's, its secrets in their order.
 */
final class Environments {
    private final App app;
    private final Secrets secrets;

    private Environments(App app, Secrets secrets) {
        this.app = app;
        this.secrets = secrets;
    }

    /** By service and name. */
    static EnvironmentReport of(App app, Secrets secrets) {
        return new EnvironmentReport(new Environments(app, secrets).all());
    }

    private List<Variable> all() {
        List<Variable> all = new ArrayList<>();
        new TreeMap<>(app.compose().services()).forEach((name, service) -> {
            if (service.appImage()) {
                names(service).forEach(variable -> all.addAll(of(name, service, variable)));
            }
        });
        return all;
    }

    private Set<String> names(Service service) {
        Set<String> names = new TreeSet<>(service.environment());
        service.files().forEach(file -> names.addAll(file.names()));
        names.addAll(app.env().keySet());
        app.regions().forEach(region -> names.addAll(region.env().keySet()));
        secrets.sources()
                .values()
                .forEach(sources ->
                        sources.forEach(source -> names.addAll(source.values().keySet())));
        names.removeIf(name -> name.startsWith(ComposeFile.HIDDEN));
        return names;
    }

    private List<Variable> of(String service, Service described, String name) {
        Map<List<String>, List<RegionName>> alike = new LinkedHashMap<>();
        for (Region region : app.regions()) {
            List<String> sources = sources(region, described, name);
            if (!sources.isEmpty()) {
                alike.computeIfAbsent(sources, unused -> new ArrayList<>()).add(region.name());
            }
        }
        return alike.entrySet().stream()
                .map(entry -> new Variable(service, name, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The one that counts first. */
    private List<String> sources(Region region, Service service, String name) {
        List<String> sources = new ArrayList<>();
        service.files().stream().filter(file -> file.names().contains(name)).forEach(file -> sources.add(file.file()));
        if (service.environment().contains(name)) {
            sources.add(EnvironmentReport.COMPOSE);
        }
        if (app.env().containsKey(name)) {
            sources.add("env");
        }
        if (region.env().containsKey(name)) {
            sources.add("regions." + region.name() + ".env");
        }
        secrets.sources().getOrDefault(region.name(), List.of()).stream()
                .filter(source -> source.values().containsKey(name))
                .forEach(source -> sources.add(source.reference()));
        return sources.reversed();
    }
}
