package org.meridian.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.Server;
import org.meridian.core.operation.RollBack;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** What a rollback will do, in words for somebody who is about to press the button. */
record PlanWords(String summary, List<String> lines) {
    static PlanWords of(RollBack.Intention intention) {
        return intention
                .plan()
                .map(PlanWords::of)
                .orElseGet(() -> intention.undoes().map(PlanWords::undoing).orElseThrow());
    }

    private static PlanWords undoing(RolloutRecord rollout) {
        String back = rollout.from().map(release -> "to " + release).orElse("to nothing");
        return new PlanWords(
                "Undo the deploy of " + rollout.to() + ", which was cut off",
                List.of(
                        "Users whose traffic has moved go back " + back + ": "
                                + rollout.regions().stream()
                                        .map(RegionName::value)
                                        .collect(Collectors.joining(", ")) + ".",
                        "The servers of " + rollout.to() + " are destroyed."));
    }

    private static PlanWords of(Plan plan) {
        String from = plan.from().map(release -> " from " + release).orElse("");
        if (plan.unchanged()) {
            return new PlanWords("Nothing to do: " + plan.target().id() + " serves everywhere", List.of());
        }
        List<String> lines = new ArrayList<>();
        plan.regions().forEach(region -> lines.addAll(lines(region, plan)));
        plan.waves()
                .forEach(wave -> lines.add("Traffic moves in "
                        + wave.stream().map(RegionName::value).collect(Collectors.joining(", ")) + "."));
        return new PlanWords(
                "Roll back" + from + " to " + plan.target().id() + " ("
                        + plan.target().label() + ")",
                lines);
    }

    private static List<String> lines(RegionPlan region, Plan plan) {
        List<String> lines = new ArrayList<>();
        String name = region.name() + ": ";
        add(lines, name + "make ", region.toCreate().stream().map(spec -> spec.name()));
        add(
                lines,
                name + "finish ",
                region.toPrepare().stream()
                        .filter(spec -> !region.toCreate().contains(spec))
                        .map(spec -> spec.name()));
        add(lines, name + "keep warm ", region.keptWarm().stream().map(Server::name));
        add(lines, name + "destroy ", region.superseded().stream().map(Server::name));
        if (region.shift() && region.toPrepare().isEmpty()) {
            lines.add(name + "the servers of " + plan.target().id() + " are warm; only traffic moves");
        }
        return lines;
    }

    private static void add(List<String> lines, String verb, Stream<?> names) {
        String joined = names.map(Object::toString).collect(Collectors.joining(", "));
        if (!joined.isEmpty()) {
            lines.add(verb + joined);
        }
    }
}
