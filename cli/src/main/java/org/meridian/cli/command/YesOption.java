package org.meridian.cli.command;

import org.meridian.cli.view.Console;
import picocli.CommandLine.Option;

/** Says yes beforehand. */
final class YesOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    private boolean yes;

    Consent on(Console console) {
        return new Consent(console, yes);
    }
}
