package org.meridian.cli.command;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.meridian.cli.Meridian;
import org.meridian.cli.view.Console;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Release;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.operation.Unfinished;

/** Asks what is meant when a release is deployed while a rollout to another one has not ended. */
final class OtherInterrupted {
    /** The code of the failure that says so. */
    static final String CODE = "interrupted-other";

    private final Console console;
    private final View view;

    OtherInterrupted(Console console, View view) {
        this.console = console;
        this.view = view;
    }

    static boolean caused(Failure failure) {
        return failure.diagnostic().code().equals(CODE);
    }

    /** Returns when the other is to be undone; throws CancellationException otherwise. */
    void requireUndo(Meridian meridian) throws InterruptedException {
        Optional<RolloutRecord> other = meridian.status().unfinished().map(Unfinished::rollout);
        String name = other.map(rollout -> rollout.to().toString()).orElse("that release");
        view.remark("");
        view.remark("  f  finish the rollout to " + name + " first");
        view.remark("  u  undo it, then go on with this deploy (--abandon-interrupted says so beforehand)");
        view.remark("  s  stop, and change nothing");
        String answer = console.ask("\nWhat is meant? [f/u/S]").orElse("");
        switch (answer) {
            case "u", "U" -> {}
            case "f", "F" -> {
                view.remark("Run " + finishing(meridian, other) + ", then this deploy again.");
                throw new CancellationException("the other is to be finished");
            }
            default -> throw new CancellationException("not confirmed");
        }
    }

    private static String finishing(Meridian meridian, Optional<RolloutRecord> other) throws InterruptedException {
        if (other.filter(rollout -> rollout.kind() == Kind.ROLLBACK).isPresent()) {
            return "'meridian rollback --to " + other.get().to() + "'";
        }
        return meridian.releases().stream()
                .filter(release -> other.filter(rollout -> rollout.to().equals(release.id()))
                        .isPresent())
                .findFirst()
                .map(Release::label)
                .map(image -> "'meridian deploy --image " + image + "' with the configuration that it was begun with")
                .orElse("'meridian deploy' with the image and configuration that it was begun with");
    }
}
