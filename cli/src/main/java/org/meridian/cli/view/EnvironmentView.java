package org.meridian.cli.view;

import java.util.List;
import java.util.stream.Collectors;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.EnvironmentReport;
import org.meridian.core.operation.EnvironmentReport.Variable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The variables of the app's services, as people and programs read them; there is no value in it. */
final class EnvironmentView {
    private EnvironmentView() {}

    static List<String> lines(EnvironmentReport report, Style style) {
        var table = new Table("service", "variable", "is from", "instead of", "in");
        for (Variable variable : report.variables()) {
            table.row(
                    variable.service(),
                    variable.name(),
                    variable.source(),
                    otherwise(variable).isEmpty() ? "-" : String.join(", ", otherwise(variable)),
                    variable.regions().stream().map(RegionName::value).collect(Collectors.joining(", ")));
        }
        return report.variables().isEmpty()
                ? List.of("The app's services have no variables but Meridian's own.")
                : table.lines(style);
    }

    static ObjectNode json(EnvironmentReport report) {
        ObjectNode json = Json.object();
        ArrayNode variables = json.putArray("variables");
        for (Variable variable : report.variables()) {
            ObjectNode one = variables.addObject();
            one.put("service", variable.service());
            one.put("name", variable.name());
            one.put("source", variable.source());
            one.set("instead_of", Json.strings(otherwise(variable).stream()));
            one.set("regions", Json.strings(variable.regions().stream().map(RegionName::value)));
        }
        return json;
    }

    private static List<String> otherwise(Variable variable) {
        return variable.sources().subList(1, variable.sources().size());
    }
}
