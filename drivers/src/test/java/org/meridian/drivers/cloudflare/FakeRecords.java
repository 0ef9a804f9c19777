package org.meridian.drivers.cloudflare;

import java.util.Set;
import org.meridian.core.spi.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The DNS records of a zone, by the rules that Cloudflare's documentation gives. */
final class FakeRecords {
    private static final String NAME = "?name=";
    private static final Set<String> ALONE = Set.of("CNAME");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArrayNode records;
    private final Time time;

    FakeRecords(ArrayNode records, Time time) {
        this.records = records;
        this.time = time;
    }

    /** The result of a call; {@code rest} is its path after the list of records. */
    JsonNode answer(String method, String rest, String body) {
        synchronized (records) {
            return switch (method) {
                case "GET" -> named(rest.substring(NAME.length()));
                case "POST" -> make((ObjectNode) JSON.readTree(body));
                case "DELETE" -> remove(rest.substring(1));
                default -> throw new FakeRefusal(405, 10405, "method not allowed");
            };
        }
    }

    private ArrayNode named(String name) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        records.valueStream()
                .filter(record -> record.path("name").asString("").equals(name))
                .forEach(found::add);
        return found;
    }

    private ObjectNode make(ObjectNode wanted) {
        for (JsonNode other : named(wanted.path("name").asString(""))) {
            if (other.path("type").equals(wanted.path("type"))
                    && other.path("content").equals(wanted.path("content"))) {
                throw new FakeRefusal(400, 81058, "An identical record already exists.");
            }
            if (ALONE.contains(other.path("type").asString(""))
                    || ALONE.contains(wanted.path("type").asString(""))) {
                throw new FakeRefusal(400, 81054, "A CNAME record with that host already exists.");
            }
        }
        ObjectNode record = wanted.deepCopy();
        record.put(
                "id",
                "%032x"
                        .formatted(records.size()
                                + 1000L
                                + wanted.path("content").asString("").hashCode()));
        record.put("created_on", time.now().toString())
                .put("modified_on", time.now().toString());
        record.put("proxiable", true);
        record.putObject("meta");
        records.add(record);
        return record;
    }

    private ObjectNode remove(String id) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).path("id").asString("").equals(id)) {
                records.remove(i);
                return JsonNodeFactory.instance.objectNode().put("id", id);
            }
        }
        throw new FakeRefusal(404, 81044, "Record does not exist.");
    }
}
