package org.meridian.cli.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meridian.core.model.PushedImage;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.Receipt.RegionReceipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Release;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerSpec;
import org.meridian.core.operation.ProviderPlans.RegionPreview;
import org.meridian.core.plan.Plan;
import org.meridian.core.plan.RegionPlan;

/** A plan as people read it: what comes, what stays, what goes, and in which order. */
final class PlanText {
    private static final int FOLDED = 8;

    private final Style style;

    PlanText(Style style) {
        this.style = style;
    }

    List<String> lines(Report.PlanMade made) {
        Plan plan = made.plan();
        if (plan.unchanged()) {
            return nothing(made);
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("Plan: " + EventText.title(plan)));
        lines.add("");
        plan.regions().forEach(region -> {
            lines.addAll(region(plan, region));
            lines.addAll(preview(made.previews(), region));
        });
        lines.add("");
        lines.addAll(order(plan, made.past()));
        lines.add("");
        lines.add(totals(plan));
        kept(plan, made.keepPrevious()).ifPresent(lines::add);
        pushed(plan.target()).ifPresent(lines::add);
        relayed(plan.target(), made.relayed()).ifPresent(lines::add);
        lines.addAll(overridden(plan));
        lines.addAll(AccessoriesView.left(made.accessories()));
        lines.addAll(warnings(made));
        return lines;
    }

    private static Optional<String> pushed(Release target) {
        return target.content().images().values().stream().anyMatch(PushedImage::is)
                ? Optional.of("image " + target.label() + " (from this machine's engine, over SSH)")
                : Optional.empty();
    }

    private static Optional<String> relayed(Release target, List<RegionName> regions) {
        boolean none =
                regions.isEmpty() || target.content().images().values().stream().anyMatch(PushedImage::is);
        return none
                ? Optional.empty()
                : Optional.of("image " + target.label() + " (in "
                        + regions.stream().map(RegionName::value).collect(Collectors.joining(", "))
                        + " through this machine, over SSH)");
    }

    private static List<String> overridden(Plan plan) {
        return plan.overridden().stream()
                .map(override -> override.service() + ": " + override.name() + " is from " + override.source() + " in "
                        + override.regions().stream().map(RegionName::value).collect(Collectors.joining(", "))
                        + ", not from the Compose file")
                .toList();
    }

    private static List<String> warnings(Report.PlanMade made) {
        return made.warnings().stream().map(WarningText::line).toList();
    }

    private static List<String> nothing(Report.PlanMade made) {
        List<String> lines = new ArrayList<>();
        lines.add("Nothing to do: " + made.plan().target().id() + " ("
                + made.plan().target().label() + ") serves everywhere.");
        made.kept().ifPresent(kept -> lines.add(StatusText.kept(kept)));
        lines.addAll(AccessoriesView.left(made.accessories()));
        lines.addAll(warnings(made));
        return lines;
    }

    private List<String> region(Plan plan, RegionPlan region) {
        List<String> lines = new ArrayList<>();
        String primary = region.name().equals(plan.primary()) ? ", primary" : "";
        String place =
                "  (" + region.region().provider() + " " + region.region().location() + primary + ")";
        String numbers = region.scales() ? "  " + Words.numbers(region) + " servers" : "";
        lines.add("  " + style.bold(region.name().value()) + numbers + style.dim(place));
        List<ServerSpec> finish = region.toPrepare().stream()
                .filter(spec -> !region.toCreate().contains(spec))
                .toList();
        List<ServerSpec> ready = region.wanted().stream()
                .filter(spec -> !region.toPrepare().contains(spec))
                .toList();
        add(lines, style.green("+ create"), specs(region.toCreate()));
        add(lines, style.yellow("~ finish"), specs(finish));
        add(lines, "= ready ", specs(ready));
        add(lines, "= keep  ", servers(region.keptWarm()));
        add(lines, style.red("- retire"), servers(retired(region)));
        return lines;
    }

    /** A tool's own plan, folded to so many lines. */
    private List<String> preview(List<RegionPreview> previews, RegionPlan region) {
        List<String> lines = new ArrayList<>();
        for (RegionPreview preview : previews) {
            if (preview.region().equals(region.name())) {
                preview.preview().ifPresent(found -> {
                    lines.add("    " + found.summary());
                    found.details().stream().limit(FOLDED).forEach(line -> lines.add("      " + style.dim(line)));
                    int more = found.details().size() - FOLDED;
                    if (more > 0) {
                        lines.add("      " + style.dim("and " + more + " more; --json has them all"));
                    }
                });
            }
        }
        return lines;
    }

    private static void add(List<String> lines, String verb, List<String> names) {
        if (!names.isEmpty()) {
            lines.add("    " + verb + "  " + String.join(", ", names));
        }
    }

    private static List<Server> retired(RegionPlan region) {
        return Stream.concat(region.superseded().stream(), region.leaving().stream())
                .toList();
    }

    private static List<String> specs(List<ServerSpec> specs) {
        return specs.stream().map(spec -> spec.name().value()).toList();
    }

    private static List<String> servers(List<Server> servers) {
        return servers.stream().map(server -> server.name().value()).toList();
    }

    private static RegionName commandRegion(Plan plan) {
        return plan.covers(plan.primary())
                ? plan.primary()
                : plan.regions().getFirst().name();
    }

    /** Which workers change hands with a wave's traffic. */
    private static String workers(Plan plan, List<RegionName> wave) {
        Set<String> names = wave.stream()
                .flatMap(region -> plan.workers(region).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? "" : ", with workers " + String.join(", ", names);
    }

    /** Which jobs change hands with a wave's traffic. */
    private static String jobs(Plan plan, List<RegionName> wave) {
        Set<String> names = wave.stream()
                .flatMap(region -> plan.target().content().work().jobsIn(region).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? "" : ", then jobs " + String.join(", ", names);
    }

    private List<String> order(Plan plan, List<Receipt> past) {
        List<String> steps = new ArrayList<>();
        List<RegionName> preparing = plan.regions().stream()
                .filter(region -> !region.toPrepare().isEmpty())
                .map(RegionPlan::name)
                .toList();
        if (!preparing.isEmpty()) {
            steps.add("prepare " + names(preparing) + (preparing.size() > 1 ? ", all at once" : "")
                    + usually(past, preparing, Expected.PREPARE));
        }
        plan.releaseCommand()
                .ifPresent(argv -> steps.add(
                        "run in " + commandRegion(plan) + " before anything starts: " + String.join(" ", argv)));
        plan.beforeShift().ifPresent(argv -> steps.add("run in " + plan.primary() + ": " + String.join(" ", argv)));
        String verb = plan.scales() ? "scale " : "shift ";
        plan.waves()
                .forEach(wave -> steps.add(verb
                        + names(wave)
                        + workers(plan, wave)
                        + jobs(plan, wave)
                        + usually(past, wave, Expected.SHIFT)));
        List<RegionName> fewer = plan.regions().stream()
                .filter(region -> !region.surplus().isEmpty())
                .map(RegionPlan::name)
                .toList();
        if (!fewer.isEmpty()) {
            steps.add("drain and retire what is over in " + names(fewer));
        }
        return IntStream.range(0, steps.size())
                .mapToObj(i -> "  " + style.dim((i + 1) + ".") + " " + steps.get(i))
                .toList();
    }

    private String usually(List<Receipt> past, List<RegionName> regions, Expected part) {
        Optional<Duration> longest = regions.stream()
                .flatMap(region -> part.of(past, region).stream())
                .max(Duration::compareTo);
        return longest.map(time -> style.dim("  about " + Durations.spoken(time)))
                .orElse("");
    }

    private static String names(List<RegionName> names) {
        return names.stream().map(RegionName::value).collect(Collectors.joining(", "));
    }

    private static String totals(Plan plan) {
        int create = count(plan, region -> region.toCreate().stream());
        int keep = count(plan, region -> region.keptWarm().stream());
        int retire = count(plan, region -> retired(region).stream());
        return create + " to create, " + keep + " kept warm, " + retire + " to retire";
    }

    private static Optional<String> kept(Plan plan, Duration keepPrevious) {
        int keep = count(plan, region -> region.keptWarm().stream());
        int wanted = count(plan, region -> region.wanted().stream());
        return plan.from()
                .filter(from -> keep > 0 && keepPrevious.isPositive())
                .map(from -> from + " is kept for " + Durations.limit(keepPrevious) + " after that: " + keep + " of "
                        + (keep + wanted) + " servers");
    }

    private static int count(Plan plan, Function<RegionPlan, Stream<?>> part) {
        return (int) plan.regions().stream().flatMap(part).count();
    }

    /** How long a region's part took in the past. */
    private enum Expected {
        PREPARE,
        SHIFT;

        /** The middle of what it took; empty when it never took any time. */
        Optional<Duration> of(List<Receipt> past, RegionName region) {
            List<Duration> times = past.stream()
                    .filter(receipt -> receipt.outcome() == Receipt.Outcome.DEPLOYED)
                    .flatMap(receipt -> receipt.regions().stream())
                    .filter(part -> part.name().equals(region))
                    .map(this::time)
                    .filter(Duration::isPositive)
                    .sorted()
                    .toList();
            return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
        }

        private Duration time(RegionReceipt receipt) {
            return this == PREPARE ? receipt.prepare() : receipt.shift();
        }
    }
}
