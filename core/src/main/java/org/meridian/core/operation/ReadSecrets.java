package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.SecretsReport.Difference;
import org.meridian.core.operation.SecretsReport.From;
import org.meridian.core.operation.SecretsReport.InRegion;
import org.meridian.core.operation.SecretsReport.Named;
import org.meridian.core.rollout.Patience;
import org.meridian.core.rollout.SystemTime;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.Tasks;

/** Tells what the regions' secrets are called, where they are from and which regions differ, and no value. */
public final class ReadSecrets {
    private final App app;
    private final SecretSources stores;

    /** Reads what an app's regions refer to. */
    public ReadSecrets(App app, List<SecretStore> stores, Tasks tasks) {
        this.app = requireNonNull(app, "app is null");
        this.stores = new SecretSources(
                stores, requireNonNull(tasks, "tasks is null"), Patience.beforeActing(new SystemTime()));
    }

    /** Asks every store; throws a Failure with every reference that can't be had. */
    public SecretsReport run() throws InterruptedException {
        Secrets secrets = Secrets.today(app, stores);
        MissingNames missing = MissingNames.of(app, secrets);
        List<InRegion> regions = app.regions().stream()
                .map(region -> inRegion(region, secrets, missing))
                .toList();
        return withDifferences(regions, secrets.values());
    }

    private static InRegion inRegion(Region region, Secrets secrets, MissingNames missing) {
        List<Source> sources = secrets.sources().getOrDefault(region.name(), List.of());
        SortedMap<String, From> winners = new TreeMap<>();
        for (Source source : sources) {
            source.values().keySet().forEach(name -> winners.put(name, from(source)));
        }
        return new InRegion(
                region.name(),
                sources.stream().map(ReadSecrets::from).toList(),
                winners.entrySet().stream()
                        .map(winner -> new Named(winner.getKey(), winner.getValue()))
                        .toList(),
                List.copyOf(missing.of(region)));
    }

    private static From from(Source source) {
        return new From(source.reference(), source.version());
    }

    private static SecretsReport withDifferences(List<InRegion> regions, Map<RegionName, Map<String, Secret>> values) {
        TreeSet<String> names = new TreeSet<>();
        values.values().forEach(region -> names.addAll(region.keySet()));
        List<Difference> differences = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (String name : names) {
            Difference difference =
                    difference(name, regions.stream().map(InRegion::region).toList(), values);
            if (difference.alike().size() == 1 && difference.without().isEmpty()) {
                same.add(name);
            } else {
                differences.add(difference);
            }
        }
        return new SecretsReport(regions, differences, same);
    }

    private static Difference difference(
            String name, List<RegionName> regions, Map<RegionName, Map<String, Secret>> values) {
        Map<Secret, List<RegionName>> alike = new LinkedHashMap<>();
        List<RegionName> without = new ArrayList<>();
        for (RegionName region : regions) {
            Secret value = values.getOrDefault(region, Map.of()).get(name);
            if (value == null) {
                without.add(region);
            } else {
                alike.computeIfAbsent(value, unused -> new ArrayList<>()).add(region);
            }
        }
        return new Difference(name, List.copyOf(alike.values()), without);
    }
}
