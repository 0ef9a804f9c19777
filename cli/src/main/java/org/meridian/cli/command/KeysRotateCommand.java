package org.meridian.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.ExitCode;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.KeysText;
import org.meridian.cli.view.Report;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.RotationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a new deploy key in the place of the former one. */
@Command(
        name = "rotate",
        description = {
            "Puts a new deploy key in the place of the former one on every machine. Asks first.",
            "The new key is added everywhere and tried, then the former one is removed. Run it again after anything that"
                    + " went wrong: it goes on. A machine that does not answer is named, and the former key stays on all"
                    + " of them until it has the new one.",
            "Where 'ssh.deploy_key' names a secret, it stops in between and says what to store; run it again then."
        },
        footer = {
            "",
            "Examples:",
            "  meridian keys rotate                             # a key that this machine keeps",
            "  meridian keys rotate --new env:NEW_DEPLOY_KEY    # a key in a store of secrets",
            "  meridian keys rotate --undo                      # while not every machine has the new key yet"
        })
final class KeysRotateCommand implements Callable<Integer> {
    @Option(
            names = "--new",
            paramLabel = "REFERENCE",
            description = "Where the new private key is: env:NAME or another reference to a secret.")
    private @Nullable String next;

    @Option(names = "--undo", description = "Takes the new key away again.")
    private boolean undo;

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private LockOption lock = new LockOption();

    private final Session session;

    KeysRotateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withApp(false, "Run it again: it goes on where it stopped.", (opened, view) -> {
            Meridian meridian = lock.patient(opened);
            yes.on(session.console())
                    .require(
                            "keys rotate",
                            undo ? "Take the new deploy key away from every machine?" : "Replace the deploy key?");
            RotationResult result = meridian.rotateKeys(Optional.ofNullable(next), undo);
            requireAll(result);
            view.show(new Report.Done(KeysText.done(result)));
            return ExitCode.DONE;
        });
    }

    private static void requireAll(RotationResult result) {
        if (!result.left().isEmpty()) {
            List<Diagnostic> all = new ArrayList<>();
            all.add(Diagnostic.of(
                    "keys-left",
                    result.left().size() + " of "
                            + (result.done() + result.left().size()) + " machines are not done: "
                            + KeysText.kept(result.rotation()),
                    "See to those below, or take them out of the app, then run 'meridian keys rotate' again."));
            all.addAll(result.left());
            throw Failure.of(all);
        }
    }
}
