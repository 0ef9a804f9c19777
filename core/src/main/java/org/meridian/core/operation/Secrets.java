package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;

/**
 * Every region's secrets, fetched before anything is touched.
 *
 * @param values   names and values for each region; a later reference wins over an earlier one
 * @param versions each region's references with the version found
 */
record Secrets(Map<RegionName, Map<String, Secret>> values, Map<RegionName, List<String>> versions) {
    Secrets {
        values = Map.copyOf(values);
        versions = Map.copyOf(versions);
    }

    /** Fetches what the app's regions refer to; throws a Failure with every reference that can't be had. */
    static Secrets fetch(App app, List<SecretStore> stores) throws InterruptedException {
        Map<RegionName, Map<String, Secret>> values = new HashMap<>();
        Map<RegionName, List<String>> versions = new HashMap<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (Region region : app.regions()) {
            Map<String, Secret> merged = new HashMap<>();
            List<String> pinned = new ArrayList<>();
            for (String reference : region.secrets()) {
                try {
                    SecretStore.Values found = store(reference, stores).fetch(rest(reference));
                    merged.putAll(found.values());
                    pinned.add(reference + "@" + found.version());
                } catch (Failure e) {
                    problems.addAll(e.diagnostics());
                }
            }
            values.put(region.name(), Map.copyOf(merged));
            versions.put(region.name(), List.copyOf(pinned));
        }
        if (!problems.isEmpty()) {
            throw Failure.usage(problems.stream().distinct().toList());
        }
        return new Secrets(values, versions);
    }

    private static SecretStore store(String reference, List<SecretStore> stores) {
        String scheme = reference.substring(0, Math.max(0, reference.indexOf(':')));
        return stores.stream()
                .filter(store -> store.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> Failure.usage(Diagnostic.of(
                        "unknown-secret-store",
                        "no secret store understands '" + reference + "'",
                        "Write one of "
                                + stores.stream().map(SecretStore::scheme).toList()
                                + " and a colon before it.")));
    }

    private static String rest(String reference) {
        return reference.substring(reference.indexOf(':') + 1);
    }
}
