package org.meridian.cli.command;

import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the audit log. */
@Command(
        name = "audit",
        description = "Shows who ran what where by hand, newest first.",
        footer = {"", "Examples:", "  meridian audit", "  meridian audit --last 1000 --json | jq '.entries[].who'"})
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--last", paramLabel = "COUNT", description = "How many entries. Default: 50.")
    private int last = 50;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Session session;

    AuditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (last < 1) {
            throw new ParameterException(spec.commandLine(), "--last is 1 or more, not " + last);
        }
        return session.withApp(json.wanted(), "Nothing was changed.", (meridian, view) -> {
            view.show(new Report.Audit(meridian.audit(last)));
            return ExitCode.DONE;
        });
    }
}
