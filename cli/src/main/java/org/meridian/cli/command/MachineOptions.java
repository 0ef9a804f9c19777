package org.meridian.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.view.Report;
import org.meridian.cli.view.View;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.MachineRequest;
import org.meridian.core.operation.SeenMachine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which machines are meant. */
final class MachineOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "MACHINE",
            description =
                    "A machine's name or address, or the name of a server on it. Default: all, one after another.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-r", "--region"},
            paramLabel = "REGION",
            description = "Only machines of this region.")
    private @Nullable RegionName region;

    @Option(
            names = "--downtime",
            description = "Go on even if nobody else can answer users, or data is away, meanwhile: requests fail then.")
    private boolean downtime;

    @Mixin
    private YesOption yes = new YesOption();

    MachineRequest request() {
        return new MachineRequest(names, Optional.ofNullable(region), downtime);
    }

    /** Shows which machines it is about, and asks. */
    Predicate<List<SeenMachine>> confirm(Session session, View view, String what) {
        return machines -> {
            view.show(new Report.Machines(machines));
            yes.on(session.console()).require("machines " + what, "\n" + question(what, machines));
            return true;
        };
    }

    private static String question(String what, List<SeenMachine> machines) {
        String verb = Character.toUpperCase(what.charAt(0)) + what.substring(1);
        return machines.size() == 1 ? verb + " it?" : verb + " these " + machines.size() + ", one after another?";
    }
}
