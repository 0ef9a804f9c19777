package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meridian.cli.ExitCode;
import org.meridian.testkit.simulation.Outlook;
import org.meridian.testkit.simulation.Situation;

/** What simulated deploys came to in each situation, as people read it. */
final class SituationsText {
    private final Style style;
    private final List<Outlook> outlooks;
    private final List<String> lines = new ArrayList<>();

    SituationsText(Style style, List<Outlook> outlooks) {
        this.style = style;
        this.outlooks = outlooks;
    }

    List<String> lines() {
        List<Integer> codes = outlooks.stream()
                .flatMap(outlook -> outlook.endings().keySet().stream())
                .map(ExitCode::of)
                .distinct()
                .sorted()
                .toList();
        lines.addAll(table(codes));
        legend(codes);
        lasting();
        return lines;
    }

    private List<String> table(List<Integer> codes) {
        List<String> heads = new ArrayList<>(List.of("what"));
        codes.forEach(code -> heads.add(" exit " + code));
        heads.addAll(List.of(" takes", " lost", " at worst"));
        Table table = new Table(heads.toArray(String[]::new));
        for (Outlook outlook : outlooks) {
            List<String> cells = new ArrayList<>(List.of(what(outlook.situation())));
            codes.forEach(code -> cells.add(ended(outlook, code)));
            cells.add(Durations.spoken(outlook.took().percentile(50)));
            cells.add(Durations.spoken(outlook.lost().percentile(50)));
            cells.add(Durations.spoken(outlook.lost().percentile(100)));
            table.row(cells.toArray(String[]::new));
        }
        return table.lines(style);
    }

    private void legend(List<Integer> codes) {
        lines.add("");
        lines.add(codes.stream().map(SituationsText::meaning).collect(Collectors.joining("; ")) + ".");
        lines.add("lost: requests that failed, as the time for which nobody anywhere would have been answered,");
        lines.add("with what the failure itself costs, such as an edge that is down.");
    }

    private void lasting() {
        outlooks.stream()
                .filter(outlook -> outlook.lasting() > 0)
                .forEach(outlook -> lines.add(style.doubtful() + " " + what(outlook.situation()) + ": "
                        + Percent.of(outlook.lasting(), outlook.runs()) + " of the deploys end with "
                        + Percent.of(outlook.lastingShare()) + " of all requests failing on."));
    }

    /** The share of deploys that end with an exit code. */
    private static String ended(Outlook outlook, int code) {
        int ended = outlook.endings().entrySet().stream()
                .filter(entry -> ExitCode.of(entry.getKey()) == code)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return ended == 0 ? "-" : Percent.of(ended, outlook.runs());
    }

    private static String meaning(int code) {
        return switch (code) {
            case ExitCode.DONE -> "exit 0: deployed";
            case ExitCode.FAILED -> "exit 1: failed and put back";
            case ExitCode.NEEDS_PERSON -> "exit 3: stopped for a person, or for the next command";
            case ExitCode.LOCKED -> "exit 4: locked";
            default -> "exit " + code + ": did not begin";
        };
    }

    private static String what(Situation situation) {
        String cut = Durations.limit(Situation.CUT_OFF);
        String outage = Durations.limit(Situation.OUTAGE);
        return switch (situation) {
            case CALM -> "nothing";
            case SERVER_NEVER_BOOTS -> "a new server never boots";
            case SERVER_DIES -> "a server dies";
            case REGION_CUT_OFF -> "a region is cut off for " + cut;
            case RELEASE_SICK -> "the release never becomes healthy";
            case RELEASE_ERRORS -> Situation.ERROR_PERCENT + "% of the release's pages fail";
            case EDGE_DOWN -> "the edge is down for " + outage;
            case STORE_DOWN -> "the state store is down for " + outage;
            case DEPLOYER_KILLED -> "the deployer is killed, then run again";
        };
    }
}
