package org.meridian.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Moves, repeats, wraps and links blocks: lines with what is indented below them. */
final class Structure {
    private final Random random;
    private final Pieces pieces;

    Structure(Random random, Pieces pieces) {
        this.random = random;
        this.pieces = pieces;
    }

    String change(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int from = random.nextInt(lines.size());
        int to = end(lines, from);
        List<String> block = lines.subList(from, to);
        switch (random.nextInt(8)) {
            case 0 -> block.clear();
            case 1 -> lines.addAll(place(lines), List.copyOf(block));
            case 2 -> move(lines, block);
            case 3 -> lines.addAll(place(lines), indented(List.copyOf(block), 2 * random.nextInt(6)));
            case 4 -> block.set(0, valueReplaced(block.getFirst(), lines.get(random.nextInt(lines.size()))));
            case 5 -> block.set(0, valueReplaced(block.getFirst(), ": " + pieces.any()));
            case 6 -> link(lines, from);
            default -> block.set(0, wrapped(block.getFirst()));
        }
        return String.join("\n", lines);
    }

    /** Where the block that begins in this line ends. */
    private static int end(List<String> lines, int from) {
        int depth = depth(lines.get(from));
        int end = from + 1;
        while (end < lines.size() && depth(lines.get(end)) > depth) {
            end++;
        }
        return end;
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }

    private int place(List<String> lines) {
        return random.nextInt(lines.size() + 1);
    }

    private void move(List<String> lines, List<String> block) {
        List<String> moved = List.copyOf(block);
        block.clear();
        lines.addAll(place(lines), moved);
    }

    private static List<String> indented(List<String> block, int depth) {
        int before = depth(block.getFirst());
        return block.stream()
                .map(line -> " ".repeat(Math.max(0, depth(line) - before + depth)) + line.stripLeading())
                .toList();
    }

    private static String valueReplaced(String line, String other) {
        int colon = line.indexOf(':');
        return (colon < 0 ? line : line.substring(0, colon)) + other.substring(Math.max(0, other.indexOf(':')));
    }

    /** An anchor on one value, and an alias or a merge in place of another. */
    private void link(List<String> lines, int anchor) {
        lines.set(anchor, valueReplaced(lines.get(anchor), lines.get(anchor).replaceFirst(": ?", ": &a ")));
        int alias = random.nextInt(lines.size());
        String line = lines.get(alias);
        boolean merge = random.nextBoolean();
        lines.set(alias, merge ? " ".repeat(depth(line)) + "<<: *a" : valueReplaced(line, ": *a"));
    }

    private String wrapped(String line) {
        int colon = line.indexOf(':');
        String key = colon < 0 ? "" : line.substring(0, colon + 1) + " ";
        String value = line.substring(colon + 1).strip();
        return key + (random.nextBoolean() ? "[" + value + "]" : "{ a: " + value + " }");
    }
}
