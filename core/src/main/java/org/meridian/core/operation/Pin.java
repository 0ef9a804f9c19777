package org.meridian.core.operation;

/**
 * What a release remembers of a source of its secrets.
 *
 * @param reference as it stood in the configuration
 * @param version   the version that was used
 */
record Pin(String reference, String version) {
    /** Reads {@code reference@version}; a version has no @, a reference may have one. */
    static Pin parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? new Pin(text, "") : new Pin(text.substring(0, at), text.substring(at + 1));
    }
}
