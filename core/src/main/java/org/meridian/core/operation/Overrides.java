package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meridian.core.model.App;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.EnvironmentReport.Variable;
import org.meridian.core.plan.Overridden;

/** Finds what the Compose file sets and what a region's secrets or plain variables set otherwise; they win there. */
final class Overrides {
    private Overrides() {}

    /** By service and name. */
    static List<Overridden> of(App app, Secrets secrets) {
        Map<List<String>, List<RegionName>> regions = new LinkedHashMap<>();
        for (Variable variable : Environments.of(app, secrets).variables()) {
            if (variable.overridesCompose()) {
                regions.computeIfAbsent(
                                List.of(variable.service(), variable.name(), variable.source()),
                                unused -> new ArrayList<>())
                        .addAll(variable.regions());
            }
        }
        return regions.entrySet().stream()
                .map(entry -> new Overridden(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getKey().get(2),
                        entry.getValue()))
                .toList();
    }
}
