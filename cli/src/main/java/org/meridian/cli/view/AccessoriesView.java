package org.meridian.cli.view;

import java.util.List;
import java.util.Locale;
import org.meridian.core.operation.AccessoryWork.Seen;
import org.meridian.core.spi.Accessories.Accessory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Services that keep data, for people and for programs. */
final class AccessoriesView {
    private AccessoriesView() {}

    static List<String> lines(List<Seen> accessories, Style style) {
        if (accessories.isEmpty()) {
            return List.of("No service keeps data on a machine of the app.");
        }
        var table = new Table("service", "state", "started", "data", "in the Compose file");
        for (Seen seen : accessories) {
            Accessory one = seen.accessory();
            table.row(
                    Visible.of(one.name()),
                    Visible.of(one.state()),
                    Visible.of(one.since().replaceFirst("\\..*", "Z")),
                    Visible.of(String.join(", ", one.data())),
                    switch (seen.definition()) {
                        case SAME -> "the same";
                        case OTHER -> style.yellow("something else: 'accessories upgrade " + one.name() + "'");
                        case GONE -> style.yellow("not any more");
                    });
        }
        return table.lines(style);
    }

    static ObjectNode json(List<Seen> accessories) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("accessories");
        for (Seen seen : accessories) {
            Accessory accessory = seen.accessory();
            ObjectNode one = all.addObject();
            one.put("name", accessory.name());
            one.put("state", accessory.state());
            one.put("since", accessory.since());
            accessory.data().forEach(one.putArray("data")::add);
            one.put("definition", seen.definition().name().toLowerCase(Locale.ROOT));
        }
        return json;
    }
}
