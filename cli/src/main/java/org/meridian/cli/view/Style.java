package org.meridian.cli.view;

import java.util.List;

/**
 * How a stream may be written to.
 *
 * @param colour  whether ANSI colours are wanted
 * @param unicode whether it takes more than ASCII
 */
public record Style(boolean colour, boolean unicode) {
    private static final List<String> NTH = List.of("36", "33", "35", "32", "34");

    /** Text for a file or a test. */
    public static final Style PLAIN = new Style(false, true);

    String bold(String text) {
        return code("1", text);
    }

    String dim(String text) {
        return code("2", text);
    }

    String red(String text) {
        return code("31", text);
    }

    String green(String text) {
        return code("32", text);
    }

    String yellow(String text) {
        return code("33", text);
    }

    /** One of five colours that are well apart, for things that are told apart by their place in a list. */
    String nth(int place, String text) {
        return code(NTH.get(Math.floorMod(place, NTH.size())), text);
    }

    String good() {
        return green(unicode ? "✓" : "+");
    }

    String bad() {
        return red(unicode ? "✗" : "x");
    }

    String doubtful() {
        return yellow("!");
    }

    String dot() {
        return unicode ? "·" : "|";
    }

    String rule(int length) {
        return dim((unicode ? "─" : "-").repeat(length));
    }

    String ellipsis() {
        return unicode ? "…" : "~";
    }

    private String code(String number, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + number + "m" + text + "\u001b[0m" : text;
    }
}
