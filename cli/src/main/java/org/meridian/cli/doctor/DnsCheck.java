package org.meridian.cli.doctor;

import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the app's public name leads to its machines, all of them and no others. */
final class DnsCheck implements Check {
    private static final String NAME = "dns";

    private final String hostname;
    private final Machines machines;
    private final Records records;

    DnsCheck(String hostname, Machines machines, Records records) {
        this.hostname = hostname;
        this.machines = machines;
        this.records = records;
    }

    @Override
    public Finding look() throws InterruptedException {
        Set<String> wanted = new TreeSet<>(machines.addresses());
        Set<String> there;
        try {
            there = new TreeSet<>(records.of(hostname));
        } catch (UnknownHostException e) {
            return Finding.warn(NAME, hostname + " has no address", "Add a record for each of " + list(wanted) + ".");
        }
        Set<String> missing = without(wanted, there);
        Set<String> surplus = without(there, wanted);
        if (missing.isEmpty() && surplus.isEmpty()) {
            return Finding.ok(NAME, hostname + " leads to all " + wanted.size() + " machines");
        }
        return Finding.warn(
                NAME,
                hostname + " leads to " + list(there) + ", and the machines are " + list(wanted),
                fix(missing, surplus));
    }

    private static String fix(Set<String> missing, Set<String> surplus) {
        String add = missing.isEmpty() ? "" : "Add a record for " + list(missing) + ".";
        String remove = surplus.isEmpty()
                ? ""
                : "Remove the record for " + list(surplus) + ", unless something before the machines has it.";
        return (add + " " + remove).strip();
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static String list(Set<String> addresses) {
        return String.join(", ", addresses);
    }

    /** Says which machines users are to come to. */
    @FunctionalInterface
    interface Machines {
        /** Their IP addresses; throws a Failure when that can't be found out. */
        List<String> addresses() throws InterruptedException;
    }

    /** Looks names up. */
    @FunctionalInterface
    interface Records {
        /** The addresses of a name; throws UnknownHostException where it has none, a Failure where nobody answers. */
        List<String> of(String name) throws UnknownHostException, InterruptedException;
    }
}
