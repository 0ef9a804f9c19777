package org.meridian.cli.command;

import picocli.CommandLine.Option;

/** Asks for JSON. */
final class JsonOption {
    @Option(names = "--json", description = "JSON on standard output.")
    private boolean json;

    boolean wanted() {
        return json;
    }
}
