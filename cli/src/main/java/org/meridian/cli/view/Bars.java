package org.meridian.cli.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meridian.testkit.simulation.Distribution;

/** A picture of durations: a bar for each part of their range. */
final class Bars {
    private static final int PARTS = 8;
    private static final int WIDTH = 40;

    private final Style style;
    private final Distribution durations;

    Bars(Style style, Distribution durations) {
        this.style = style;
        this.durations = durations;
    }

    /** The lines; one when all durations are the same. */
    List<String> lines() {
        Duration least = durations.percentile(0);
        Duration range = durations.percentile(100).minus(least);
        int parts = range.isZero() ? 1 : PARTS;
        int[] counts = durations.counts(parts);
        int most = Arrays.stream(counts).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            String from = Durations.spoken(least.plus(range.multipliedBy(i).dividedBy(parts)));
            lines.add(Table.pad(from, 8, true) + "  " + bar(counts[i], most) + " " + counts[i]);
        }
        return lines;
    }

    /** What is there at all is seen. */
    private String bar(int count, int most) {
        int length = (int) Math.ceil((double) WIDTH * count / most);
        return (style.unicode() ? "█" : "#").repeat(length);
    }
}
