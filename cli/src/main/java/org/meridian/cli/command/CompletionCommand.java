package org.meridian.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.view.Report;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(meridian completion bash)",
            "  meridian completion zsh > ~/.meridian-completion",
            "  echo 'source ~/.meridian-completion' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    private final Session session;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.run(false, view -> {
            view.show(new Report.Verbatim(shell.prologue + script()));
            return ExitCode.DONE;
        });
    }

    private String script() {
        CommandSpec own = requireNonNull(spec, "spec is null");
        return AutoComplete.bash("meridian", own.root().commandLine());
    }

    /** The shells; written as people type them. */
    enum Shell {
        bash(""),
        // The script is bash's; zsh runs it once its own emulation is loaded.
        zsh("autoload -Uz compinit bashcompinit && compinit && bashcompinit\n");

        private final String prologue;

        Shell(String prologue) {
            this.prologue = prologue;
        }
    }
}
