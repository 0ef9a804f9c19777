package org.meridian.cli.view;

import org.meridian.cli.ExitCode;
import org.meridian.core.model.App;
import org.meridian.testkit.simulation.Assumptions;
import org.meridian.testkit.simulation.Distribution;
import org.meridian.testkit.simulation.Ending;
import org.meridian.testkit.simulation.Forecast;
import org.meridian.testkit.simulation.Outlook;
import org.meridian.testkit.simulation.RegionLoss;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What simulated deploys tell, as JSON; docs/json.md describes it. */
final class SimulationJson {
    private SimulationJson() {}

    static ObjectNode of(App app, Forecast forecast) {
        ObjectNode json = Json.object();
        json.put("app", app.name().value());
        json.put("runs", forecast.runs());
        json.put("seed", forecast.seed());
        json.set("assumptions", assumptions(forecast.assumptions()));
        json.set("deploy", distribution(forecast.deploy()));
        ArrayNode stages = json.putArray("stages");
        forecast.stages().forEach((name, took) -> {
            ObjectNode stage = Json.object().put("stage", name);
            stages.add(stage.setAll(distribution(took)));
        });
        json.set("rollback", distribution(forecast.rollback()));
        ArrayNode situations = json.putArray("situations");
        forecast.outlooks().forEach(outlook -> situations.add(outlook(outlook)));
        ArrayNode regions = json.putArray("regions");
        forecast.losses().forEach(loss -> regions.add(loss(loss)));
        json.set("broken", Json.strings(forecast.broken().stream().map(Forecast.Broken::rule)));
        return json;
    }

    private static ObjectNode assumptions(Assumptions assumptions) {
        ObjectNode json = Json.object().put("load", assumptions.load());
        for (Assumptions.Taking taking : Assumptions.Taking.values()) {
            Assumptions.Assumed assumed = assumptions.of(taking);
            ObjectNode one = json.putObject(Json.written(taking));
            Json.put(one, "p50_ms", assumed.spread().median());
            Json.put(one, "max_ms", assumed.spread().longest());
            one.put("source", Json.written(assumed.source()));
            one.put("measured", assumed.measured());
        }
        return json;
    }

    private static ObjectNode distribution(Distribution durations) {
        ObjectNode json = Json.object().put("runs", durations.sorted().size());
        Json.put(json, "min_ms", durations.percentile(0));
        Json.put(json, "p50_ms", durations.percentile(50));
        Json.put(json, "p90_ms", durations.percentile(90));
        Json.put(json, "p99_ms", durations.percentile(99));
        Json.put(json, "max_ms", durations.percentile(100));
        return json;
    }

    private static ObjectNode outlook(Outlook outlook) {
        ObjectNode json = Json.object().put("situation", Json.written(outlook.situation()));
        ArrayNode endings = json.putArray("endings");
        for (Ending ending : Ending.values()) {
            if (outlook.endings().containsKey(ending)) {
                endings.addObject()
                        .put("ending", Json.written(ending))
                        .put("exit_code", ExitCode.of(ending))
                        .put("runs", outlook.endings().get(ending));
            }
        }
        json.set("took", distribution(outlook.took()));
        json.set("lost", distribution(outlook.lost()));
        json.put("lost_share", outlook.lostShare());
        json.put("lasting_runs", outlook.lasting());
        json.put("lasting_share", outlook.lastingShare());
        Json.put(json, "why", outlook.why());
        return json;
    }

    private static ObjectNode loss(RegionLoss loss) {
        ObjectNode json = Json.object().put("region", loss.region().value());
        Json.put(json, "readers_go_to", loss.taker());
        json.put("busy", loss.busy());
        json.put("borne", loss.borne());
        json.put("missing_servers", loss.missing());
        return json;
    }
}
