package org.meridian.drivers.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.ServerSpec;
import tools.jackson.databind.JsonNode;

/**
 * What a region's state tells: the servers that there are, and what they were asked for as.
 *
 * <p>A server is one that the module put out, or one whose resources bear its name as their key: a run that was cut off
 * or failed has left those and no output, and they must not be forgotten.
 */
final class RegionState {
    /** The form of the states that Terraform 0.12 and later, and OpenTofu, write. */
    private static final int VERSION = 4;

    private final AppName app;
    private final RegionName region;
    private final JsonNode state;

    /** The state as Terraform stores it; nothing where there is none yet. */
    RegionState(AppName app, RegionName region, JsonNode state) {
        this.app = app;
        this.region = region;
        this.state = state;
    }

    /** Whether the text is a state that can be read. */
    static boolean readable(JsonNode state) {
        return state.isMissingNode() || state.isNull() || state.path("version").asInt(0) == VERSION;
    }

    /** Throws IllegalArgumentException where a name, a release or a tag in it can't be one. */
    void check() {
        List<Server> unused = servers();
        Set<ServerName> unusedToo = stopped();
    }

    /** Where the region is by the provider's name; empty where nothing was asked for yet. */
    Optional<String> location() {
        return Optional.of(output(RootModule.ASKED).path("location").asString(""))
                .filter(text -> !text.isEmpty());
    }

    /** The provider that made it; empty where nothing was asked for yet. */
    Optional<String> provider() {
        return Optional.of(output(RootModule.ASKED).path("provider").asString(""))
                .filter(text -> !text.isEmpty());
    }

    /** What was asked for last, by name. */
    Map<ServerName, AskedServer> asked() {
        Map<ServerName, AskedServer> asked = new LinkedHashMap<>();
        output(RootModule.ASKED).path(RootModule.SERVERS).properties().forEach(entry -> {
            AskedServer server = AskedServer.read(entry.getKey(), entry.getValue());
            asked.put(server.name(), server);
        });
        return asked;
    }

    /** Whether Terraform holds anything at all. */
    boolean empty() {
        return state.path("resources").isEmpty() && state.path("outputs").isEmpty();
    }

    List<Server> servers() {
        Map<ServerName, AskedServer> asked = asked();
        JsonNode made = output(RootModule.SERVERS);
        Set<ServerName> names = new LinkedHashSet<>(keys());
        asked.keySet().stream().filter(name -> made.has(name.value())).forEach(names::add);
        List<Server> servers = new ArrayList<>();
        for (ServerName name : names) {
            Optional<AskedServer> known = Optional.ofNullable(asked.get(name));
            ServerSpec spec = known.map(AskedServer::spec).orElseGet(() -> new ServerSpec(name, release(name), ""));
            servers.add(server(spec, known, made.path(name.value())));
        }
        return servers;
    }

    /** The servers that the module says are there and do not run. */
    Set<ServerName> stopped() {
        Set<ServerName> stopped = new LinkedHashSet<>();
        output(RootModule.SERVERS).properties().forEach(entry -> {
            if (!runs(entry.getValue())) {
                stopped.add(new ServerName(entry.getKey()));
            }
        });
        return stopped;
    }

    private static boolean runs(JsonNode made) {
        return made.isObject() && made.path("state").asString("running").equals("running");
    }

    private Server server(ServerSpec spec, Optional<AskedServer> asked, JsonNode made) {
        return new Server(
                        spec.name(),
                        region,
                        spec.release(),
                        spec.revision(),
                        address(made),
                        asked.map(AskedServer::hostKey).filter(key -> !key.isEmpty()),
                        runs(made) ? Server.State.RUNNING : Server.State.STOPPED)
                .from(asked.flatMap(AskedServer::store));
    }

    private static Optional<String> address(JsonNode made) {
        String open = made.path("public_ip").asString("");
        return Optional.of(open.isEmpty() ? made.path("private_ip").asString("") : open)
                .filter(text -> !text.isEmpty());
    }

    /** The keys of managed resources that have the form of a server's name here. */
    private Set<ServerName> keys() {
        Pattern form = Pattern.compile(Pattern.quote(app + "-" + region + "-") + "r[1-9][0-9]{0,8}-[1-9][0-9]*");
        Set<ServerName> keys = new LinkedHashSet<>();
        for (JsonNode resource : state.path("resources")) {
            if (resource.path("mode").asString("").equals("managed")) {
                for (JsonNode instance : resource.path("instances")) {
                    String key = instance.path("index_key").asString("");
                    if (form.matcher(key).matches()) {
                        keys.add(new ServerName(key));
                    }
                }
            }
        }
        return keys;
    }

    /** What there is besides servers, in words; empty where there is nothing. */
    String besides() {
        Set<ServerName> servers = keys();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode resource : state.path("resources")) {
            String type = resource.path("type").asString("");
            // What Terraform itself provides is nothing that anybody pays for or sees.
            boolean real = resource.path("mode").asString("").equals("managed") && !type.startsWith("terraform_");
            for (JsonNode instance : resource.path("instances")) {
                String key = instance.path("index_key").asString("");
                if (real && servers.stream().noneMatch(name -> name.value().equals(key))) {
                    counts.merge(type, 1, Integer::sum);
                }
            }
        }
        return ResourceWords.of(counts);
    }

    private ReleaseId release(ServerName name) {
        String rest = name.value().substring((app + "-" + region + "-").length());
        return ReleaseId.parse(rest.substring(0, rest.indexOf('-')));
    }

    private JsonNode output(String name) {
        return state.path("outputs").path(name).path("value");
    }
}
