package org.meridian.config.compose;

/**
 * A port in Compose's short form, {@code [[IP:][HOST]:]CONTAINER[/PROTOCOL]}, taken apart and not yet understood.
 *
 * @param ip        the machine's address; may be empty
 * @param host      the machine's port or range; may be empty
 * @param container the container's port or range
 * @param protocol  in lower case; tcp where none is written
 */
record ShortPort(String ip, String host, String container, String protocol) {
    static ShortPort of(String text) {
        int slash = text.lastIndexOf('/');
        String ports = slash < 0 ? text : text.substring(0, slash);
        int colon = ports.lastIndexOf(':');
        String before = colon < 0 ? "" : ports.substring(0, colon);
        int ipEnd = before.lastIndexOf(':');
        return new ShortPort(
                ipEnd < 0 ? "" : before.substring(0, ipEnd),
                before.substring(ipEnd + 1),
                ports.substring(colon + 1),
                slash < 0 ? "tcp" : text.substring(slash + 1));
    }
}
