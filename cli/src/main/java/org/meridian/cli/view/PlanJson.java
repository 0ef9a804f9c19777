package org.meridian.cli.view;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.plan.Overridden;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans as JSON. */
final class PlanJson {
    private PlanJson() {}

    /** A plan with what the providers' tools say of it, the services that keep data, and what may surprise in the configuration. */
    static ObjectNode of(Report.PlanMade made) {
        ObjectNode json = of(made.plan());
        json.setAll(AccessoriesView.json(made.accessories()));
        json.set("through_this_machine", Json.strings(made.relayed().stream().map(RegionName::value)));
        ArrayNode surprises = json.putArray("warnings");
        made.warnings().forEach(warning -> surprises.add(warning(warning)));
        ArrayNode providers = json.putArray("providers");
        made.previews().forEach(preview -> providers.add(preview(preview)));
        return json;
    }

    private static ObjectNode preview(RegionPreview region) {
        ObjectNode json = Json.object();
        json.put("region", region.region().value());
        region.preview().ifPresent(preview -> {
            json.put("summary", preview.summary());
            json.set("details", Json.strings(preview.details().stream()));
        });
        region.failure()
                .ifPresent(failure -> json.put("problem", failure.diagnostic().summary()));
        return json;
    }

    static ObjectNode of(Plan plan) {
        ObjectNode json = Json.object();
        json.put("kind", Json.written(plan.kind()));
        json.put("release", plan.target().id().toString());
        json.put("label", plan.target().label());
        json.put("revision", plan.target().revision());
        Json.put(json, "previous", plan.from());
        json.put("primary", plan.primary().value());
        json.put("unchanged", plan.unchanged());
        ArrayNode regions = json.putArray("regions");
        plan.regions().forEach(region -> regions.add(region(region)));
        ArrayNode waves = json.putArray("waves");
        plan.waves().forEach(wave -> waves.add(Json.strings(wave.stream())));
        plan.releaseCommand()
                .ifPresentOrElse(
                        argv -> json.set("release_command", Json.strings(argv.stream())),
                        () -> json.putNull("release_command"));
        plan.beforeShift()
                .ifPresentOrElse(
                        argv -> json.set("before_shift", Json.strings(argv.stream())),
                        () -> json.putNull("before_shift"));
        ObjectNode workers = json.putObject("workers");
        plan.regions().forEach(region -> {
            List<String> names = plan.workers(region.name());
            if (!names.isEmpty()) {
                workers.set(region.name().value(), Json.strings(names.stream()));
            }
        });
        ObjectNode jobs = json.putObject("jobs");
        plan.regions().forEach(region -> {
            Set<String> names =
                    plan.target().content().work().jobsIn(region.name()).keySet();
            if (!names.isEmpty()) {
                jobs.set(region.name().value(), Json.strings(names.stream().sorted()));
            }
        });
        ArrayNode overrides = json.putArray("overrides");
        plan.overridden().forEach(override -> overrides.add(override(override)));
        return json;
    }

    private static ObjectNode override(Overridden override) {
        ObjectNode json = Json.object();
        json.put("service", override.service());
        json.put("variable", override.name());
        json.put("source", override.source());
        json.set("regions", Json.strings(override.regions().stream()));
        return json;
    }

    private static ObjectNode warning(Diagnostic warning) {
        ObjectNode json = Json.object();
        json.put("code", warning.code());
        Json.put(json, "where", warning.where());
        json.put("summary", warning.summary());
        json.put("suggestion", warning.suggestion());
        return json;
    }

    private static ObjectNode region(RegionPlan region) {
        ObjectNode json = Json.object();
        json.put("name", region.name().value());
        json.put("servers", region.wanted().size());
        json.put("servers_before", region.before());
        json.set("create", names(region.toCreate(), ServerSpec::name));
        json.set("prepare", names(region.toPrepare(), ServerSpec::name));
        json.set("keep", names(region.keptWarm(), Server::name));
        json.set(
                "retire",
                Json.strings(Stream.concat(region.superseded().stream(), region.leaving().stream())
                        .map(Server::name)));
        json.put("shift", region.shift());
        return json;
    }

    private static <T> ArrayNode names(List<T> items, Function<T, ?> name) {
        return Json.strings(items.stream().map(name));
    }
}
