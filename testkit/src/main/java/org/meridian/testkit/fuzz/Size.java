package org.meridian.testkit.fuzz;

import java.util.Random;

/** Repeats what is there, numbered or not, and nests, up to hundreds of thousands of times. */
final class Size {
    private final Random random;
    private final Pieces pieces;

    Size(Random random, Pieces pieces) {
        this.random = random;
        this.pieces = pieces;
    }

    String change(String text) {
        int from = random.nextInt(text.length() + 1);
        int lineStart = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
        int lineEnd = text.indexOf('\n', from) < 0 ? text.length() : text.indexOf('\n', from);
        int start = Math.min(lineStart, lineEnd);
        String line = text.substring(start, lineEnd);
        String some = text.substring(from, Math.min(text.length(), from + 1 + random.nextInt(12)));
        return switch (random.nextInt(7)) {
            case 0 -> inserted(text, from, repeated(some));
            case 1 -> inserted(text, from, repeated(pieces.any()));
            case 2 -> inserted(text, start, repeated(line + "\n"));
            case 3 -> inserted(text, start, numbered(line));
            case 4 -> inserted(text, from, repeated("a/") + repeated("-b"));
            case 5 -> inserted(text, from, nested());
            default -> numbered(text.substring(0, start), line, text.substring(lineEnd));
        };
    }

    private static String inserted(String text, int at, String piece) {
        return text.substring(0, at) + piece + text.substring(at);
    }

    /** Mostly some times, rarely very often. */
    private int times(int length) {
        int digits = random.nextInt(10) < 8 ? 1 + random.nextInt(2) : 3 + random.nextInt(3);
        int most = (int) Math.pow(10, digits);
        return Math.min(1 + random.nextInt(most), Mutations.LONGEST / Math.max(1, length));
    }

    private String repeated(String piece) {
        return piece.repeat(times(piece.length()));
    }

    /** The line again and again, with a number behind its key, so that no key stands twice. */
    private String numbered(String line) {
        int colon = line.indexOf(':') < 0 ? line.length() : line.indexOf(':');
        StringBuilder all = new StringBuilder();
        int times = times(line.length() + 6);
        for (int i = 0; i < times; i++) {
            all.append(line, 0, colon)
                    .append(i)
                    .append(line, colon, line.length())
                    .append('\n');
        }
        return all.toString();
    }

    /** A whole part again and again: everything that begins like the line, as far as the text goes. */
    private String numbered(String before, String line, String after) {
        int end = after.indexOf("\n"
                                + line.substring(
                                        0, line.length() - line.stripLeading().length()) + "  ")
                        < 0
                ? after.length()
                : Math.min(after.length(), 200);
        String rest = after.substring(0, end);
        StringBuilder all = new StringBuilder(before);
        int times = times(line.length() + rest.length());
        for (int i = 0; i < times; i++) {
            int colon = line.indexOf(':') < 0 ? line.length() : line.indexOf(':');
            all.append(line, 0, colon)
                    .append(i)
                    .append(line, colon, line.length())
                    .append(rest)
                    .append('\n');
        }
        return all.append(after, end, after.length()).toString();
    }

    private String nested() {
        String open = new String[] {"[", "{a: ", "${a:-", "{\"a\":", "(", "- - ", "'", "{{"}[random.nextInt(8)];
        return repeated(open);
    }
}
