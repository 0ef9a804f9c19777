package org.meridian.cli.command;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.meridian.cli.view.Console;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Asks a person for a yes. */
final class Consent {
    private final Console console;
    private final boolean yes;

    /** Asks on this console, unless the command line said yes already. */
    Consent(Console console, boolean yes) {
        this.console = console;
        this.yes = yes;
    }

    /** Goes on after a yes, and where nobody can be asked; throws CancellationException after anything else. */
    void ask(String question) {
        if (!yes
                && console.interactive()
                && !isYes(console.ask(question + " [y/N]").orElse(""))) {
            throw new CancellationException("not confirmed");
        }
    }

    /** Asks too, and refuses where nobody can be asked. */
    void require(String command, String question) {
        if (!yes && !console.interactive()) {
            throw Failure.usage(Diagnostic.of(
                    "not-confirmed",
                    command + " asks first, and there is no terminal to ask on",
                    "Run it on a terminal, or add --yes."));
        }
        ask(question);
    }

    /** Whether an answer is a yes. */
    static boolean isYes(String answer) {
        String lower = answer.toLowerCase(Locale.ROOT);
        return lower.equals("y") || lower.equals("yes");
    }
}
