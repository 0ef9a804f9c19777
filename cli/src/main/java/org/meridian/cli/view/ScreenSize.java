package org.meridian.cli.view;

/**
 * How much a terminal shows.
 *
 * @param rows    lines
 * @param columns characters a line
 */
public record ScreenSize(int rows, int columns) {
    /** What the first video terminals had, and what is assumed where nothing is known. */
    public static final ScreenSize USUAL = new ScreenSize(24, 80);

    /** Reads "rows columns", as {@code stty size} prints them; the usual size for anything else, and for 0 0. */
    static ScreenSize parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        try {
            var size = new ScreenSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
            return parts.length == 2 && size.rows > 1 && size.columns > 1 ? size : USUAL;
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
