package org.meridian.cli.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.meridian.core.model.Machine;
import org.meridian.core.model.Server;
import org.meridian.core.operation.SeenMachine;
import org.meridian.core.operation.SeenMachine.OnIt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Machines and what is on them. */
final class MachinesView {
    private MachinesView() {}

    static List<String> lines(List<SeenMachine> machines, Style style) {
        if (machines.isEmpty()) {
            return List.of("No machine has a server of the app yet; 'meridian deploy' puts the first there.");
        }
        var table = new Table("region", "machine", "address", "state", "servers");
        for (SeenMachine machine : machines) {
            table.row(
                    machine.region().value(),
                    machine.name().value(),
                    machine.machine().address().orElse("-"),
                    state(machine.state(), style),
                    machine.servers().stream().map(MachinesView::words).collect(Collectors.joining(", ")));
        }
        return table.lines(style);
    }

    private static String state(Server.State state, Style style) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return state == Server.State.RUNNING ? style.good() + " " + word : style.bad() + " " + word;
    }

    private static String words(OnIt server) {
        return server.release() + (server.weight().serving() ? " serves" : " has no users");
    }

    static ObjectNode json(List<SeenMachine> machines) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("machines");
        for (SeenMachine machine : machines) {
            ObjectNode one = all.addObject();
            one.put("name", machine.name().value());
            one.put("region", machine.region().value());
            one.put("state", Json.written(machine.state()));
            Json.put(one, "address", machine.machine().address());
            one.put("made", machine.machine().access() instanceof Machine.Access.Made);
            ArrayNode servers = one.putArray("servers");
            machine.servers().forEach(server -> servers.addObject()
                    .put("name", server.name().value())
                    .put("release", server.release().toString())
                    .put("weight", server.weight().percent()));
        }
        return json;
    }
}
