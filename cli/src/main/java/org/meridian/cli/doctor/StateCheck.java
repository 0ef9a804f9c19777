package org.meridian.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether releases, history and the lock can be written where they are kept. */
record StateCheck(Path state) implements Check {
    private static final String NAME = "state";

    @Override
    public Finding look() {
        if (!Files.exists(state)) {
            Path parent = state.toAbsolutePath().getParent();
            return parent != null && Files.isWritable(parent)
                    ? Finding.ok(NAME, state + " will be made by the first deploy")
                    : Finding.fail(NAME, "can't make " + state, "Make its directory writable for you.");
        }
        return Files.isDirectory(state) && Files.isWritable(state)
                ? Finding.ok(NAME, state + " is writable")
                : Finding.fail(NAME, state + " is not a writable directory", "Make it one: chmod u+rwx " + state);
    }
}
