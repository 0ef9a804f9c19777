package org.meridian.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.WholeFile;
import org.meridian.core.model.App;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a workflow of GitHub Actions. */
@Command(
        name = "github",
        description = {
            "Writes a workflow of GitHub Actions that builds the image, pushes it and deploys it by digest.",
            "It holds no secret; it says which ones the repository needs."
        },
        footer = {
            "",
            "Examples:",
            "  meridian ci github --action OWNER/meridian@v1",
            "  meridian ci github --action OWNER/meridian@v1 --branch release --force"
        })
final class CiGithubCommand implements Callable<Integer> {
    @Option(
            names = "--action",
            required = true,
            paramLabel = "OWNER/REPOSITORY@VERSION",
            description = "Where the repository of Meridian is that your workflows may use.")
    private String action = "";

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            defaultValue = "main",
            description = "What is pushed to it is deployed. Default: ${DEFAULT-VALUE}.")
    private String branch = "main";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = ".github/workflows/deploy.yml",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of(".github/workflows/deploy.yml");

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    private final Session session;

    CiGithubCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            requireForms();
            App app = session.tools().config().load(session.options().config());
            session.tools().config().requireShared(session.options().config());
            Optional<String> deployKey =
                    session.tools().config().deployKey(session.options().config());
            GithubWorkflow workflow =
                    new GithubWorkflow(app, session.options().config().toString(), branch, deployKey, action);
            write(workflow.text());
            view.show(new Report.Done("Wrote " + file
                    + "; set the secrets and variables that it names, then push. docs/ci.md tells more."));
            workflow.keyHint().ifPresent(view::remark);
            if (!action.matches(".*@[0-9a-f]{40}")) {
                view.remark("The tag or branch in " + action
                        + " can be moved to other code; name the commit instead: OWNER/meridian@40_HEX_DIGITS.");
            }
            return ExitCode.DONE;
        });
    }

    /** What is written into YAML as it is must not be able to change it. */
    private void requireForms() {
        require(action, "[\\w.-]+/[\\w./-]+@[\\w.-]+", "--action", "OWNER/meridian@v1");
        require(branch, "[\\w./-]+", "--branch", "main");
        require(session.options().config().toString(), "[\\w./-]+", "--config", "deploy/meridian.yml");
    }

    private static void require(String text, String form, String option, String example) {
        if (!text.matches(form)) {
            throw Failure.usage(Diagnostic.of(
                    "bad-option", "'" + text + "' is nothing for " + option, "Write it like " + example + "."));
        }
    }

    private void write(String text) throws IOException {
        if (!force && Files.exists(file)) {
            throw Failure.usage(
                    Diagnostic.of("file-exists", file + " exists already", "Edit it, or replace it with --force."));
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        WholeFile.write(file, text);
    }
}
