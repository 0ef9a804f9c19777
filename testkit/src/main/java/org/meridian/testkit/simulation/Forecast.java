package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meridian.core.model.App;

/**
 * What many rehearsals tell about an app's deploys.
 *
 * @param runs        how many deploys were rehearsed in each situation
 * @param seed        what everything random in them came from
 * @param assumptions what they took for granted
 * @param deploy      how long a deploy takes when nothing goes wrong
 * @param stages      how long each of its parts takes, in their order
 * @param rollback    how long a rollback takes while the former servers are warm
 * @param outlooks    what comes of each situation, the calm one first
 * @param losses      what the loss of each region takes
 * @param broken      the rules of Meridian that did not hold in some run; empty unless Meridian has a bug
 */
public record Forecast(
        int runs,
        long seed,
        Assumptions assumptions,
        Distribution deploy,
        Map<String, Distribution> stages,
        Distribution rollback,
        List<Outlook> outlooks,
        List<RegionLoss> losses,
        List<Broken> broken) {
    /** Copies the collections. */
    public Forecast {
        requireNonNull(assumptions, "assumptions is null");
        requireNonNull(deploy, "deploy is null");
        requireNonNull(rollback, "rollback is null");
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
        outlooks = List.copyOf(outlooks);
        losses = List.copyOf(losses);
        broken = List.copyOf(broken);
    }

    static Forecast of(
            App app, Assumptions assumptions, int runs, long seed, Map<Situation, List<Rehearsed>> rehearsed) {
        List<Rehearsed> deployed = requireNonNull(rehearsed.get(Situation.CALM)).stream()
                .filter(run -> run.ending() == Ending.DEPLOYED)
                .toList();
        List<Outlook> outlooks = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        rehearsed.forEach((situation, results) -> {
            outlooks.add(Outlook.of(
                    situation,
                    results.stream().filter(run -> run.broken().isEmpty()).toList()));
            results.stream()
                    .flatMap(run -> run.broken().stream())
                    .distinct()
                    .forEach(rule -> broken.add(new Broken(situation, rule)));
        });
        return new Forecast(
                runs,
                seed,
                assumptions,
                new Distribution(deployed.stream().map(Rehearsed::took).toList()),
                stages(deployed),
                new Distribution(deployed.stream()
                        .flatMap(run -> run.rollback().stream())
                        .toList()),
                outlooks,
                RegionLoss.of(app, assumptions.load()),
                broken);
    }

    private static Map<String, Distribution> stages(List<Rehearsed> runs) {
        Map<String, Distribution> stages = new LinkedHashMap<>();
        runs.stream()
                .flatMap(run -> run.stages().keySet().stream())
                .distinct()
                .forEach(stage -> stages.put(
                        stage,
                        new Distribution(runs.stream()
                                .flatMap(run -> Stream.ofNullable(run.stages().get(stage)))
                                .toList())));
        return stages;
    }

    /**
     * A rule that did not hold.
     *
     * @param situation in which situation
     * @param rule      which, such as I3, and what happened
     */
    public record Broken(Situation situation, String rule) {}
}
