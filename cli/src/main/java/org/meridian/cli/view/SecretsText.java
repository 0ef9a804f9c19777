package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.SecretsReport;
import org.meridian.core.operation.SecretsReport.Difference;
import org.meridian.core.operation.SecretsReport.InRegion;

/** Secrets as people read them; there is no value in it. */
final class SecretsText {
    private final Style style;

    SecretsText(Style style) {
        this.style = style;
    }

    List<String> list(SecretsReport report) {
        var table = new Table("region", "name", "from", "version");
        for (InRegion region : report.regions()) {
            String name = region.region().value();
            region.names()
                    .forEach(named -> table.row(
                            name,
                            named.name(),
                            named.from().reference(),
                            named.from().version()));
            region.missing().forEach(missing -> table.row(name, missing, style.bad() + " missing", "-"));
            if (region.names().isEmpty() && region.missing().isEmpty()) {
                table.row(name, "-", "no secrets", "-");
            }
        }
        return table.lines(style);
    }

    /** A letter for each value: a for that of the first region that has one, b for the next other one, and so on. */
    List<String> diff(SecretsReport report) {
        List<RegionName> regions =
                report.regions().stream().map(InRegion::region).toList();
        List<String> lines = new ArrayList<>();
        if (!report.differences().isEmpty()) {
            List<String> heads = new ArrayList<>(List.of("name"));
            regions.forEach(region -> heads.add(region.value()));
            var table = new Table(heads.toArray(String[]::new));
            report.differences().forEach(difference -> table.row(row(difference, regions)));
            lines.addAll(table.lines(style));
            lines.add("");
            lines.add("Equal letters in a line are equal values; - is none.");
        }
        lines.add(same(report));
        return lines;
    }

    private static String[] row(Difference difference, List<RegionName> regions) {
        List<String> cells = new ArrayList<>(List.of(difference.name()));
        regions.forEach(region -> cells.add(mark(difference, region)));
        return cells.toArray(String[]::new);
    }

    private static String mark(Difference difference, RegionName region) {
        for (int i = 0; i < difference.alike().size(); i++) {
            if (difference.alike().get(i).contains(region)) {
                return letter(i);
            }
        }
        return "-";
    }

    /** a to z, then aa, ab and so on. */
    private static String letter(int index) {
        String last = String.valueOf((char) ('a' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }

    private static String same(SecretsReport report) {
        if (report.same().isEmpty()) {
            return report.differences().isEmpty() ? "No region has secrets." : "No name is the same everywhere.";
        }
        return (report.same().size() == 1
                        ? "The same everywhere: "
                        : "The same everywhere, " + report.same().size() + ": ")
                + String.join(", ", report.same());
    }
}
