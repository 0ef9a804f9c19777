package org.meridian.cli;

import org.meridian.cli.command.Commands;
import org.meridian.cli.command.Tools;
import org.meridian.cli.view.Console;
import org.meridian.drivers.command.LocalProcesses;
import org.meridian.drivers.probe.HttpProber;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Runs a command line and exits with its code. */
    public static void main(String[] args) {
        HttpProber.allowHostHeader();
        System.exit(Commands.run(tools(), Console.system(), args));
    }

    static Tools tools() {
        return new Tools(Wiring::open, new YamlConfig(), new LocalProcesses(), Runtime.getRuntime()::halt);
    }
}
