package org.meridian.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.doctor.Doctor;
import org.meridian.cli.doctor.Finding;
import org.meridian.cli.view.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the machine. */
@Command(
        name = "doctor",
        description = "Checks this machine and the configuration, and says how to fix what is wrong.",
        footer = {
            "",
            "Examples:",
            "  meridian doctor",
            "  meridian doctor --json | jq '.checks[] | select(.level != \"ok\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(json.wanted(), view -> {
            Tools tools = session.tools();
            MeridianCommand options = session.options();
            var doctor = new Doctor(tools.commands(), tools.config(), options.config(), options.directory());
            List<Finding> findings = doctor.findings();
            view.show(new Report.Checkup(findings));
            boolean bad = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL);
            return bad ? ExitCode.FAILED : ExitCode.DONE;
        });
    }
}
