package org.meridian.cli.command;

import org.meridian.core.operation.ExecRequest;
import picocli.CommandLine.Option;

/** Whether a command's output comes as it is. */
final class RawOption {
    @Option(
            names = "--raw",
            description = "Pass the output on as it is: for data, such as a dump. Otherwise secrets are masked in it"
                    + " where it does not go to this terminal.")
    private boolean raw;

    ExecRequest.Output output() {
        return raw ? ExecRequest.Output.RAW : ExecRequest.Output.MASKED;
    }
}
