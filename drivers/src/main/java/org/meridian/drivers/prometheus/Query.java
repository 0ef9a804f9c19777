package org.meridian.drivers.prometheus;

import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;

/**
 * A query in PromQL with places for a region and a server, which stand in a label's quotes.
 *
 * @param purpose what it is for, for messages
 * @param text    the query; {@code $region} and {@code $server} are replaced
 */
record Query(String purpose, String text) {
    /** The query about one server. */
    Query about(RegionName region, ServerName server) {
        return new Query(
                purpose, text.replace("$region", escaped(region.value())).replace("$server", escaped(server.value())));
    }

    /** What PromQL reads as this text between quotes, single or double; names have no such character today. */
    static String escaped(String name) {
        return name.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("'", "\\'")
                .replace("\n", "\\n");
    }
}
