package org.meridian.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meridian.config.document.Field;
import org.meridian.config.document.Field.Named;
import org.meridian.config.document.Section;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImageRoute;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Strategy;

/** Reads one region. */
final class RegionReader {
    static final String HOSTS = "hosts";
    static final List<String> PROVIDERS = List.of("local", HOSTS, "aws", "digitalocean", "terraform");
    static final int MOST_SERVERS = 1000;
    /** A DNS label (RFC 1123); server names are host names. */
    private static final int LONGEST_NAME = 63;
    /** Room for the releases of many years: hyphen, r and six digits. */
    private static final int RELEASE_PART = "-r999999".length();

    private final Optional<AppName> app;
    private final SecretsReader secrets;
    private final TerraformReader terraform;
    private final HostsReader hosts;
    private final Optional<Strategy> usual;
    private final Map<RegionName, HostsLocation> machines = new LinkedHashMap<>();
    private final Map<RegionName, Field> pushes = new LinkedHashMap<>();

    RegionReader(
            Optional<AppName> app,
            SecretsReader secrets,
            TerraformReader terraform,
            HostsReader hosts,
            Optional<Strategy> usual) {
        this.app = app;
        this.secrets = secrets;
        this.terraform = terraform;
        this.hosts = hosts;
        this.usual = usual;
    }

    /** The machines of the regions that were read and have some. */
    Map<RegionName, HostsLocation> machines() {
        return Collections.unmodifiableMap(machines);
    }

    /** What regions say of how they get images. */
    Map<RegionName, Field> pushes() {
        return Collections.unmodifiableMap(pushes);
    }

    /** The region; empty, with problems kept, when something essential is wrong. */
    Optional<Region> read(Named entry) {
        Optional<RegionName> name = name(entry);
        if (entry.field().empty()) {
            entry.field().keyError("empty-value", "this region has no settings", "Write 'provider: local' below it.");
            return Optional.empty();
        }
        Section region = entry.field().section();
        Optional<Field> written = region.require("provider", "Write 'provider: local'.");
        Optional<String> provider = written.flatMap(field -> field.oneOf(PROVIDERS));
        terraform.region(name, region, written);
        Optional<String> place = LocationReader.read(region, entry.name(), provider.orElse(""));
        boolean exist = provider.filter(HOSTS::equals).isPresent();
        Strategy strategy = StrategyReader.of(region, exist, usual);
        Optional<HostsLocation> location = exist
                ? hosts.read(region)
                : Optional.of(strategy).filter(Strategy.IN_PLACE::equals).map(stays -> HostsReader.made(region));
        Optional<Field> wanted = region.find("servers");
        int servers = wanted.flatMap(field -> field.number(1, MOST_SERVERS))
                .orElseGet(() -> exist ? HostsReader.servers(location) : 1);
        HostsReader.checkServers(wanted, servers, location);
        Optional<String> size = region.find("size").flatMap(RegionReader::word);
        List<String> networks = networks(region.find("networks"));
        var env = EnvironmentReader.read(region.find("env"));
        Optional<Field> push = region.find("push");
        ImageRoute images = PushReader.region(push);
        name.ifPresent(known -> push.ifPresent(field -> pushes.put(known, field)));
        SecretsReader.Settings settings = secrets.read(region.find("secrets"));
        name.ifPresent(known -> checkLength(entry, known, servers));
        if (name.isEmpty() || provider.isEmpty() || place.isEmpty() || (exist && location.isEmpty())) {
            return Optional.empty();
        }
        location.ifPresent(where -> machines.put(name.get(), where));
        return Optional.of(new Region(
                name.get(),
                provider.get(),
                place.get(),
                servers,
                size,
                networks,
                env,
                settings.references(),
                settings.required(),
                images,
                strategy));
    }

    private static Optional<RegionName> name(Named entry) {
        try {
            return Optional.of(new RegionName(entry.name()));
        } catch (IllegalArgumentException e) {
            entry.field()
                    .keyError("wrong-name", String.valueOf(e.getMessage()), Names.suggestion(entry.name(), "a region"));
            return Optional.empty();
        }
    }

    private static Optional<String> word(Field field) {
        return field.text().filter(text -> {
            if (text.isBlank()) {
                field.error("empty-value", "there is no value", "Write the provider's name for it, or leave it out.");
            }
            return !text.isBlank();
        });
    }

    private static List<String> networks(Optional<Field> field) {
        String example = "Write a list of network names, such as [database].";
        Set<String> names = new LinkedHashSet<>();
        for (Field item : field.flatMap(list -> list.items(example)).orElse(List.of())) {
            word(item).ifPresent(name -> {
                if (!names.add(name)) {
                    item.error("duplicate-value", "'" + name + "' is listed twice", "Remove one of them.");
                }
            });
        }
        return List.copyOf(names);
    }

    private void checkLength(Named entry, RegionName region, int servers) {
        int length = app.map(AppName::value).orElse("").length()
                + 1
                + region.value().length()
                + RELEASE_PART
                + 1
                + Integer.toString(servers).length();
        if (app.isPresent() && length > LONGEST_NAME) {
            entry.field()
                    .keyError(
                            "name-too-long",
                            "servers here would have names of " + length + " characters, such as " + app.get() + "-"
                                    + region + "-r1-1, and a host name has at most " + LONGEST_NAME,
                            "Shorten the region's or the app's name by " + (length - LONGEST_NAME) + ".");
        }
    }
}
