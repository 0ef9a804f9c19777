package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine as a person names it for SSH: {@code host}, {@code user@host} or {@code user@host:port}.
 *
 * @param user who logs in; empty for what the SSH configuration says
 * @param host a host name, an alias of the SSH configuration, or an IP address, an IPv6 one without brackets
 * @param port the port of sshd; empty for what the SSH configuration says
 */
public record SshAddress(Optional<String> user, String host, OptionalInt port) implements Comparable<SshAddress> {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<user>[A-Za-z0-9_][A-Za-z0-9._-]{0,63})@)?(?:\\[(?<six>[0-9A-Fa-f:.]{2,45})]|(?<host>[A-Za-z0-9_][A-Za-z0-9._-]{0,252}))"
                    + "(?::(?<port>[0-9]{1,5}))?");
    private static final int MOST = 65_535;

    /** Checks the parts; throws IllegalArgumentException for a port outside 1 to 65535. */
    public SshAddress {
        requireNonNull(user, "user is null");
        requireNonNull(host, "host is null");
        requireNonNull(port, "port is null");
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MOST)) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port.getAsInt());
        }
    }

    /** Reads the written form; an IPv6 address stands in brackets. Throws IllegalArgumentException for anything else. */
    public static SshAddress parse(String text) {
        requireNonNull(text, "text is null");
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a machine's address for SSH");
        }
        String six = form.group("six");
        String port = form.group("port");
        return new SshAddress(
                Optional.ofNullable(form.group("user")),
                six == null ? form.group("host") : six,
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
    }

    @Override
    public int compareTo(SshAddress other) {
        return toString().compareTo(other.toString());
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return user.map(who -> who + "@").orElse("") + name + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
