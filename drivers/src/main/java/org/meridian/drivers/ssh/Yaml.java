package org.meridian.drivers.ssh;

/** Writes values into Compose files. */
final class Yaml {
    private Yaml() {}

    /** A double-quoted scalar; a dollar is doubled, or Compose would look for a variable. */
    static String quoted(String text) {
        return '"' + onOneLine(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$")) + '"';
    }

    /** With characters that can't be seen as escapes, in the form that TOML and JSON have, too: no value ends a line. */
    static String onOneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append("\\u%04x".formatted(c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
