package org.meridian.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Text in columns that are as wide as they need to be; ANSI colours take no room. */
final class Table {
    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final String GAP = "   ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** Columns with these heads; a head that begins with a blank is aligned to the right. */
    Table(String... heads) {
        this.heads = List.of(heads);
    }

    void row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The lines: heads, a rule, rows. */
    List<String> lines(Style style) {
        List<Integer> widths =
                IntStream.range(0, heads.size()).mapToObj(this::width).toList();
        List<String> lines = new ArrayList<>();
        lines.add(style.dim(line(heads.stream().map(String::strip).toList(), widths)));
        int total = widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (heads.size() - 1);
        lines.add(style.rule(total));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int width(int column) {
        int widest = heads.get(column).strip().length();
        for (List<String> row : rows) {
            widest = Math.max(widest, visible(row.get(column)));
        }
        return widest;
    }

    private String line(List<String> cells, List<Integer> widths) {
        List<String> padded = IntStream.range(0, cells.size())
                .mapToObj(i -> pad(cells.get(i), widths.get(i), heads.get(i).startsWith(" ")))
                .toList();
        return String.join(GAP, padded).stripTrailing();
    }

    static String pad(String text, int width, boolean right) {
        String room = " ".repeat(Math.max(0, width - visible(text)));
        return right ? room + text : text + room;
    }

    /** How many columns a text takes on a terminal. */
    static int visible(String text) {
        return ANSI.matcher(text).replaceAll("").length();
    }

    /** The text cut to that many columns; colours inside it are dropped when it has to be cut. */
    static String fit(String text, int width, Style style) {
        if (visible(text) <= width) {
            return text;
        }
        String bare = ANSI.matcher(text).replaceAll("");
        return bare.substring(0, Math.max(0, width - 1)) + style.ellipsis();
    }
}
