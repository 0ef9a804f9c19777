package org.meridian.drivers.haproxy;

import java.util.regex.Pattern;
import org.meridian.core.model.ServerName;

/**
 * A line for HAProxy's Runtime API with the answer that means success, since the API has no other sign of it.
 *
 * @param line   the command (HAProxy 3.0 management guide, 9.3)
 * @param answer the whole answer expected; blank for none
 */
record RuntimeCommand(String line, Pattern answer) {
    /** Older versions say it with other words. */
    private static final Pattern IN_USE = Pattern.compile("Server still has connections attached to it.*");

    /** HAProxy before 3.0 can't wait. */
    private static final Pattern UNKNOWN = Pattern.compile("(?s)Unknown command.*");

    static RuntimeCommand add(String origin, String address, String check) {
        return answered("add server " + origin + " " + address + " weight 0 " + check, "New server registered\\.");
    }

    static RuntimeCommand enable(String origin) {
        return silent("enable server " + origin);
    }

    static RuntimeCommand enableChecks(String origin) {
        return silent("enable health " + origin);
    }

    /** A new server counts as up until a check fails; after this it counts as down until checks pass. */
    static RuntimeCommand assumeDown(String origin) {
        return silent("set server " + origin + " health down");
    }

    static RuntimeCommand weight(String origin, int weight) {
        return silent("set server " + origin + " weight " + weight);
    }

    static RuntimeCommand move(String origin, String host, int port) {
        return answered("set server " + origin + " addr " + host + " port " + port, "(?s).*changed from .*");
    }

    /** Gives a server its first standing; HAProxy would add a second entry for one that has one. */
    static RuntimeCommand firstStanding(String map, ServerName server, Standing standing) {
        return silent("add map " + map + " " + server + " " + standing.word());
    }

    static RuntimeCommand changeStanding(String map, ServerName server, Standing standing) {
        return silent("set map " + map + " " + server + " " + standing.word());
    }

    static RuntimeCommand forgetStanding(String map, ServerName server) {
        return silent("del map " + map + " " + server);
    }

    /** No new request and no checks; requests in flight go on. */
    static RuntimeCommand retire(String origin) {
        return silent("set server " + origin + " state maint");
    }

    /** Waits until nothing is in flight; not forever, since the next change tries again. */
    static RuntimeCommand awaitQuiet(String origin) {
        return answered("wait 5s srv-removable " + origin, "Done\\.|Failed\\.|.*delay expired.*|" + UNKNOWN);
    }

    /** Whether HAProxy has not done it, and may do it when the command is given again in a moment. */
    boolean later(String said) {
        return IN_USE.matcher(said).matches();
    }

    /** Whether HAProxy is too old for it. */
    boolean unknown(String said) {
        return UNKNOWN.matcher(said).matches();
    }

    /** Ends each connection to a server as if both sides had finished, streams and web sockets too. */
    static RuntimeCommand disconnect(String origin) {
        return silent("shutdown sessions server " + origin);
    }

    static RuntimeCommand remove(String origin) {
        return answered("del server " + origin, "Server deleted\\.|" + IN_USE);
    }

    private static RuntimeCommand silent(String line) {
        return answered(line, "");
    }

    private static RuntimeCommand answered(String line, String answer) {
        return new RuntimeCommand(line, Pattern.compile(answer));
    }
}
