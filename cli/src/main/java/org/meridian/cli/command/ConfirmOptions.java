package org.meridian.cli.command;

import picocli.CommandLine.Option;

/** How a rollout asks and reports. */
final class ConfirmOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Go on without asking; nothing is asked where no terminal is, either.")
    private boolean yes;

    @Option(names = "--json", description = "One JSON event a line on standard output, the receipt last; asks nothing.")
    private boolean json;

    boolean yes() {
        return yes;
    }

    boolean json() {
        return json;
    }
}
