package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an app's monitor, pools and load balancer exist as they should be, and removes them; touches nothing else. */
final class Setup {
    private final App app;
    private final CloudflareSettings settings;
    private final CloudflareNames names;
    private final Blueprint blueprint;
    private final Inventory inventory;

    Setup(App app, CloudflareSettings settings, CloudflareNames names, Blueprint blueprint, Inventory inventory) {
        this.app = requireNonNull(app, "app is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.names = requireNonNull(names, "names is null");
        this.blueprint = requireNonNull(blueprint, "blueprint is null");
        this.inventory = requireNonNull(inventory, "inventory is null");
    }

    /** Makes what is missing and changes what differs. Pools keep their origins. */
    void prepare() throws InterruptedException {
        List<JsonNode> balancers = inventory.all(Kind.BALANCER, this::hasHostname);
        requireOurs(balancers);
        String monitor = monitor();
        List<JsonNode> all = inventory.all(Kind.POOL, any -> true);
        Map<RegionName, String> pools = new LinkedHashMap<>();
        for (Region region : app.regions()) {
            pools.put(region.name(), pool(region, monitor, all));
        }
        balancer(balancers, pools);
        removeFormer(all);
    }

    /** Removes everything of the app, in the order in which Cloudflare lets go of it. */
    void destroyAll() throws InterruptedException {
        remove(Kind.BALANCER, made -> hasHostname(made) && names.ours(made));
        remove(Kind.POOL, made -> names.region(made).isPresent());
        remove(Kind.MONITOR, names::ours);
    }

    private String monitor() throws InterruptedException {
        ObjectNode wanted = blueprint.monitor();
        List<JsonNode> there = inventory.all(Kind.MONITOR, names::ours);
        if (there.isEmpty()) {
            return id(inventory.make(Kind.MONITOR, "monitor of " + app.name(), wanted, names::ours));
        }
        adjust(Kind.MONITOR, "monitor of " + app.name(), there.getFirst(), wanted);
        return id(there.getFirst());
    }

    private String pool(Region region, String monitor, List<JsonNode> all) throws InterruptedException {
        String name = names.pool(region.name());
        ObjectNode wanted = blueprint.pool(region, monitor);
        Predicate<JsonNode> meant = made -> made.path("name").asString("").equals(name);
        Optional<JsonNode> there = all.stream().filter(meant).findFirst();
        if (there.isEmpty()) {
            wanted.set("origins", CloudflarePool.written(List.of()));
            return id(inventory.make(Kind.POOL, "pool " + name, wanted, meant));
        }
        if (names.region(there.get()).isEmpty()) {
            throw notOurs("pool " + name, names.description(region.name()));
        }
        adjust(Kind.POOL, "pool " + name, there.get(), wanted);
        return id(there.get());
    }

    private void balancer(List<JsonNode> there, Map<RegionName, String> pools) throws InterruptedException {
        String name = "load balancer " + settings.hostname();
        ObjectNode wanted = blueprint.balancer(pools);
        if (there.isEmpty()) {
            inventory.make(Kind.BALANCER, name, wanted, this::hasHostname);
        } else {
            adjust(Kind.BALANCER, name, there.getFirst(), wanted);
        }
    }

    /** The pools of regions that left the configuration; the load balancer sends nobody there any more. */
    private void removeFormer(List<JsonNode> all) throws InterruptedException {
        for (JsonNode pool : all) {
            Optional<RegionName> region = names.region(pool);
            boolean former = region.isPresent()
                    && app.regions().stream().noneMatch(wanted -> wanted.name().equals(region.get()));
            if (former
                    && CloudflarePool.of(pool, region.get(), Instant.EPOCH)
                            .origins()
                            .isEmpty()) {
                inventory.remove(Kind.POOL, id(pool));
            }
        }
    }

    private void adjust(Kind kind, String name, JsonNode there, ObjectNode wanted) throws InterruptedException {
        ObjectNode difference = JsonDifference.of(there, wanted);
        if (!difference.isEmpty()) {
            inventory.change(kind, id(there), name, difference);
        }
    }

    private void remove(Kind kind, Predicate<JsonNode> ours) throws InterruptedException {
        for (JsonNode made : inventory.all(kind, ours)) {
            inventory.remove(kind, id(made));
        }
    }

    private boolean hasHostname(JsonNode balancer) {
        return balancer.path("name").asString("").toLowerCase(Locale.ROOT).equals(settings.hostname());
    }

    private void requireOurs(List<JsonNode> balancers) {
        if (!balancers.isEmpty() && !names.ours(balancers.getFirst())) {
            throw notOurs("load balancer " + settings.hostname(), names.description());
        }
    }

    static Failure notOurs(String what, String description) {
        return Failure.of(Diagnostic.of(
                "cloudflare-not-ours",
                "the " + what + " is there already, and Meridian did not make it",
                "Remove it or choose another name. To hand it over, set its description to '" + description
                        + "': Meridian then changes its pools and settings."));
    }

    private static String id(JsonNode made) {
        return made.path("id").asString("");
    }
}
