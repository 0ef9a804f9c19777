package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.config.document.YamlNode;
import org.meridian.config.document.YamlNode.Entry;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;
import org.meridian.config.document.YamlNode.Sequence;
import org.meridian.core.model.Backup;
import org.meridian.core.model.Definition;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;

/**
 * The services of a project that outlive its releases where the machine stays: those with data that don't run the app's own
 * image. Those that do change with each release, and only their volumes stay.
 */
public final class KeptServices {
    private final ComposeDocument compose;
    private final ImageReference app;
    private final KeptWhere where;
    private final Set<String> ephemeral;
    private final Map<String, Backup> backups;
    private final DataMounts mounts;

    /** Of this project; {@code ephemeral} are the services whose data may be lost, {@code backups} what is said of some. */
    public KeptServices(
            ComposeDocument compose,
            ImageReference app,
            KeptWhere where,
            Set<String> ephemeral,
            Map<String, Backup> backups) {
        this.compose = requireNonNull(compose, "compose is null");
        this.app = requireNonNull(app, "app is null");
        this.where = requireNonNull(where, "where is null");
        this.ephemeral = Set.copyOf(ephemeral);
        this.backups = Map.copyOf(backups);
        this.mounts = new DataMounts(compose);
    }

    /** All of them; what is in their way must have been checked. */
    public Kept kept() {
        Map<String, KeptService> services = new LinkedHashMap<>();
        compose.services().stream()
                .filter(this::outlives)
                .forEach(service -> services.put(service.name(), kept(service)));
        Map<String, String> volumes = new HashMap<>();
        compose.services().stream()
                .flatMap(service -> data(service).stream())
                .filter(Mount::named)
                .filter(mount -> !external(mount.source()))
                .forEach(mount -> volumes.put(mount.source(), dockerName(mount.source())));
        return new Kept(services, volumes, dependencies(), where.machine(), where.alone() ? Map.of() : hosts(services));
    }

    /** Whether a service goes on while releases come and go. */
    public boolean outlives(String service) {
        return compose.service(service).filter(this::outlives).isPresent();
    }

    /** Whether somebody said how a service is backed up, or it is known. */
    public boolean backedUp(String service) {
        return compose.service(service).flatMap(one -> backup(one).command()).isPresent();
    }

    /** Whether it goes on while releases come and go. */
    boolean outlives(ComposeService service) {
        return !service.runs(app.repository()) && !data(service).isEmpty();
    }

    /** The volumes that outlive releases, by their names in the project. */
    public Set<String> volumes() {
        return compose.services().stream()
                .flatMap(service -> data(service).stream())
                .filter(Mount::named)
                .map(Mount::source)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What of a service has to be there for the next release. */
    List<Mount> data(ComposeService service) {
        return ephemeral.contains(service.name()) || !where.keeps(service.name()) ? List.of() : mounts.of(service);
    }

    private KeptService kept(ComposeService service) {
        List<Mount> data = data(service);
        Optional<String> published =
                Optional.ofNullable(where.places().get(service.name())).flatMap(DataPlace::published);
        Definition composed = DefinitionOf.service(compose, service);
        return new KeptService(
                // A container listens elsewhere only once it is made again.
                published
                        .map(address -> composed.with("publish", address))
                        .orElse(composed)
                        .toString(),
                networks(service),
                data.stream()
                        .filter(Mount::named)
                        .map(mount -> dockerName(mount.source()))
                        .distinct()
                        .toList(),
                data.stream().filter(Mount::bind).map(Mount::source).distinct().toList(),
                published,
                backup(service));
    }

    /** From other machines a service finds those that it shares a network with. */
    private Map<String, List<String>> hosts(Map<String, KeptService> kept) {
        Map<String, List<String>> hosts = new TreeMap<>();
        for (ComposeService service : compose.services()) {
            Set<String> reached = networks(service).keySet();
            List<String> lines = kept.entrySet().stream()
                    .flatMap(one -> lines(one.getKey(), one.getValue(), reached))
                    .distinct()
                    .sorted()
                    .toList();
            if (!kept.containsKey(service.name()) && !lines.isEmpty()) {
                hosts.put(service.name(), lines);
            }
        }
        return hosts;
    }

    private Stream<String> lines(String name, KeptService service, Set<String> reached) {
        Optional<String> address = Optional.ofNullable(where.places().get(name)).flatMap(DataPlace::address);
        return service.networks().entrySet().stream()
                .filter(network -> reached.contains(network.getKey()))
                .flatMap(network -> network.getValue().stream())
                .flatMap(alias -> address.map(ip -> alias + "=" + ip).stream());
    }

    /** What is said of it, and the rest as is usual for its image. */
    private Backup backup(ComposeService service) {
        Backup usual = UsualBackup.of(service);
        Backup said = backups.getOrDefault(service.name(), Backup.NONE);
        return said.with(
                said.command().or(usual::command),
                said.restore().or(() -> said.command().isPresent() ? Optional.empty() : usual.restore()));
    }

    private String dockerName(String volume) {
        return volume(volume)
                .flatMap(body -> body.scalar("name"))
                .map(Scalar::text)
                .orElseGet(() -> external(volume) ? volume : Kept.home(where.app()) + "_" + volume);
    }

    private boolean external(String volume) {
        return volume(volume)
                .flatMap(body -> body.get("external"))
                .filter(value ->
                        !(value instanceof Scalar scalar && scalar.text().equals("false")))
                .isPresent();
    }

    private Optional<Mapping> volume(String key) {
        return compose.named("volumes").stream()
                .filter(entry -> entry.key().text().equals(key))
                .map(Entry::value)
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .findFirst();
    }

    /** Whether Docker has to be told more than a name to make it; what Meridian makes has its name alone. */
    boolean hasOptions(String volume) {
        return volume(volume)
                .filter(body -> body.entries().stream()
                        .anyMatch(entry -> !Set.of("name", "external", "labels")
                                        .contains(entry.key().text())
                                || (entry.value() instanceof Scalar scalar
                                        && scalar.text().contains("${"))))
                .isPresent();
    }

    private static Map<String, List<String>> networks(ComposeService service) {
        if (service.body().get("network_mode").isPresent()) {
            return Map.of();
        }
        List<String> names = Stream.concat(
                        Stream.of(service.name()), service.body().scalar("hostname").map(Scalar::text).stream())
                .toList();
        Map<String, List<String>> networks = new TreeMap<>();
        for (Scalar network : Shapes.names(service.body(), "networks")) {
            List<String> all = new ArrayList<>(names);
            service.body()
                    .get("networks")
                    .filter(Mapping.class::isInstance)
                    .flatMap(mapping -> ((Mapping) mapping).get(network.text()))
                    .filter(Mapping.class::isInstance)
                    .ifPresent(body -> Shapes.names((Mapping) body, "aliases").forEach(alias -> all.add(alias.text())));
            networks.put(network.text(), all);
        }
        return networks.isEmpty() ? Map.of("default", names) : networks;
    }

    /** What the others wait for of each other: those that outlive them are there before. */
    private Map<String, String> dependencies() {
        Set<String> kept = compose.services().stream()
                .filter(this::outlives)
                .map(ComposeService::name)
                .collect(Collectors.toSet());
        Map<String, String> dependencies = new HashMap<>();
        for (ComposeService service : compose.services()) {
            if (!kept.contains(service.name())
                    && service.dependencies().stream().anyMatch(kept::contains)) {
                service.body()
                        .get("depends_on")
                        .ifPresent(all -> dependencies.put(service.name(), FlowText.of(without(all, kept))));
            }
        }
        return dependencies;
    }

    private static YamlNode without(YamlNode dependencies, Set<String> kept) {
        return switch (dependencies) {
            case Sequence list ->
                new Sequence(
                        list.where(),
                        list.items().stream()
                                .filter(item -> !(item instanceof Scalar scalar && kept.contains(scalar.text())))
                                .toList());
            case Mapping mapping ->
                new Mapping(
                        mapping.where(),
                        mapping.entries().stream()
                                .filter(entry -> !kept.contains(entry.key().text()))
                                .toList());
            case Scalar scalar -> scalar;
        };
    }
}
