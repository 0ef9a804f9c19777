package org.meridian.drivers.ssh;

/** Writes values into Compose files. */
final class Yaml {
    private Yaml() {}

    /** A double-quoted scalar; a dollar is doubled, or Compose would look for a variable. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
    }
}
