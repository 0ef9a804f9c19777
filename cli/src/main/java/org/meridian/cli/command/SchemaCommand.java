package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;

/** Prints the configuration's JSON Schema. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of meridian.yml, for editors.",
        footer = {"", "Examples:", "  meridian schema > meridian.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    private final Session session;

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            view.show(new Report.Verbatim(session.tools().config().schema()));
            return ExitCode.DONE;
        });
    }
}
