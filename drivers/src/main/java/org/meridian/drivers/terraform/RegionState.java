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
import org.meridian.core.model.Machine;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.MachineSpec;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.Server;
import org.meridian.core.spi.MachineProvider.Found;
import tools.jackson.databind.JsonNode;

/**
 * What a region's state tells: the servers that there are, and what they were asked for as.
 *
 * <p>A machine is one that the module put out, or one whose resources bear its name as their key: a run that was cut off
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
        List<Found> unused = machines();
        Set<MachineName> unusedToo = stopped();
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
    Map<MachineName, AskedMachine> asked() {
        Map<MachineName, AskedMachine> asked = new LinkedHashMap<>();
        output(RootModule.ASKED).path(RootModule.SERVERS).properties().forEach(entry -> {
            AskedMachine machine = AskedMachine.read(entry.getKey(), entry.getValue());
            asked.put(machine.name(), machine);
        });
        return asked;
    }

    /** Whether Terraform holds anything at all. */
    boolean empty() {
        return state.path("resources").isEmpty() && state.path("outputs").isEmpty();
    }

    List<Found> machines() {
        Map<MachineName, AskedMachine> asked = asked();
        JsonNode made = output(RootModule.SERVERS);
        Set<MachineName> names = new LinkedHashSet<>(keys());
        asked.keySet().stream().filter(name -> made.has(name.value())).forEach(names::add);
        List<Found> machines = new ArrayList<>();
        for (MachineName name : names) {
            Optional<AskedMachine> known = Optional.ofNullable(asked.get(name));
            machines.add(
                    machine(known.map(AskedMachine::spec).orElseGet(() -> spec(name)), known, made.path(name.value())));
        }
        return machines;
    }

    /** The machines that the module says are there and do not run. */
    Set<MachineName> stopped() {
        Set<MachineName> stopped = new LinkedHashSet<>();
        output(RootModule.SERVERS).properties().forEach(entry -> {
            if (!runs(entry.getValue())) {
                stopped.add(new MachineName(entry.getKey()));
            }
        });
        return stopped;
    }

    private static boolean runs(JsonNode made) {
        return made.isObject() && made.path("state").asString("running").equals("running");
    }

    private Found machine(MachineSpec spec, Optional<AskedMachine> asked, JsonNode made) {
        return new Found(
                spec,
                region,
                Machine.made(
                        spec.name(),
                        address(made),
                        asked.map(AskedMachine::hostKey).filter(key -> !key.isEmpty())),
                runs(made) ? Server.State.RUNNING : Server.State.STOPPED,
                asked.flatMap(AskedMachine::store));
    }

    private static Optional<String> address(JsonNode made) {
        String open = made.path("public_ip").asString("");
        return Optional.of(open.isEmpty() ? made.path("private_ip").asString("") : open)
                .filter(text -> !text.isEmpty());
    }

    /** The keys of managed resources that have the form of a machine's name here. */
    private Set<MachineName> keys() {
        Pattern form = Pattern.compile(
                Pattern.quote(app + "-" + region + "-") + "(r[1-9][0-9]{0,8}-[1-9][0-9]*|m[1-9][0-9]*)");
        Set<MachineName> keys = new LinkedHashSet<>();
        for (JsonNode resource : state.path("resources")) {
            if (resource.path("mode").asString("").equals("managed")) {
                for (JsonNode instance : resource.path("instances")) {
                    String key = instance.path("index_key").asString("");
                    if (form.matcher(key).matches()) {
                        keys.add(new MachineName(key));
                    }
                }
            }
        }
        return keys;
    }

    /** What there is besides machines, in words; empty where there is nothing. */
    String besides() {
        Set<MachineName> machines = keys();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode resource : state.path("resources")) {
            String type = resource.path("type").asString("");
            // What Terraform itself provides is nothing that anybody pays for or sees.
            boolean real = resource.path("mode").asString("").equals("managed") && !type.startsWith("terraform_");
            for (JsonNode instance : resource.path("instances")) {
                String key = instance.path("index_key").asString("");
                if (real && machines.stream().noneMatch(name -> name.value().equals(key))) {
                    counts.merge(type, 1, Integer::sum);
                }
            }
        }
        return ResourceWords.of(counts);
    }

    /** What one was made for that nothing but its name is left of. */
    private MachineSpec spec(MachineName name) {
        String rest = name.value().substring((app + "-" + region + "-").length());
        return rest.startsWith("m")
                ? MachineSpec.staying(name)
                : new MachineSpec(
                        name,
                        new MachineSpec.Lifetime.Release(ReleaseId.parse(rest.substring(0, rest.indexOf('-'))), ""));
    }

    private JsonNode output(String name) {
        return state.path("outputs").path(name).path("value");
    }
}
