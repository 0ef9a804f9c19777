package org.meridian.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.meridian.cli.view.View;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.CountsFile;

/** Says what happens to the numbers in the configuration, and what stands there when a scaling does not come to a good end. */
final class ToldCounts implements CountsFile, AutoCloseable {
    private final CountsFile file;
    private final Path path;
    private final String numbers;
    private final View view;
    private boolean open;

    /** Tells of these numbers in this file. */
    ToldCounts(CountsFile file, Path path, Map<RegionName, Integer> wanted, View view) {
        this.file = file;
        this.path = path;
        this.numbers = wanted.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        this.view = view;
    }

    @Override
    public void write() {
        file.write();
        if (!numbers.isEmpty()) {
            view.remark(path + " says now: " + numbers + ".");
            open = true;
        }
    }

    /** What was done is over by now: that the file stays as it is has to be told, and changes nothing about it. */
    @Override
    public void restore() {
        try {
            file.restore();
        } catch (Failure e) {
            view.problems(e.diagnostics());
            return;
        }
        if (open) {
            view.remark(path + " says again what it said before.");
            open = false;
        }
    }

    /** The scaling ended like this. */
    void ended(Receipt.Outcome outcome) {
        if (outcome == Receipt.Outcome.SCALED || outcome == Receipt.Outcome.UNCHANGED) {
            open = false;
        }
    }

    @Override
    public void close() {
        if (open) {
            view.remark(path + " says " + numbers + ", which 'meridian scale' goes on with.");
        }
    }
}
