package org.meridian.cli.doctor;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.model.DnsAddress;

/** Whether one of the app's public names leads to its machines, all of them and no others. */
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
        Set<DnsAddress> wanted = new TreeSet<>(machines.addresses());
        Set<DnsAddress> there = new TreeSet<>(records.of(hostname));
        Set<DnsAddress> hidden =
                wanted.stream().filter(DnsAddress::isPrivate).collect(Collectors.toCollection(TreeSet::new));
        Set<DnsAddress> missing = without(without(wanted, there), hidden);
        Set<DnsAddress> surplus = without(there, wanted);
        if (missing.isEmpty() && surplus.isEmpty() && hidden.isEmpty()) {
            return Finding.ok(NAME, hostname + " leads to all " + wanted.size() + " machines");
        }
        return Finding.warn(NAME, summary(there, wanted), fix(missing, surplus, hidden));
    }

    private String summary(Set<DnsAddress> there, Set<DnsAddress> wanted) {
        return there.isEmpty()
                ? hostname + " has no address, and the machines are " + list(wanted)
                : hostname + " leads to " + list(there) + ", and the machines are " + list(wanted);
    }

    private static String fix(Set<DnsAddress> missing, Set<DnsAddress> surplus, Set<DnsAddress> hidden) {
        String add = missing.isEmpty() ? "" : "Add " + records(missing) + ". ";
        String remove = surplus.isEmpty()
                ? ""
                : "Remove " + records(surplus)
                        + ", unless it is another address of a machine or of what stands before them. ";
        String reach = hidden.isEmpty()
                ? ""
                : "Users outside do not reach " + list(hidden)
                        + ": write the machine as { ssh: …, address: 203.0.113.4 } with its public address.";
        return (add + remove + reach).strip();
    }

    private static Set<DnsAddress> without(Set<DnsAddress> all, Set<DnsAddress> some) {
        Set<DnsAddress> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static String records(Set<DnsAddress> addresses) {
        return addresses.stream()
                .map(address -> address.type() + " " + address)
                .collect(Collectors.joining(", ", addresses.size() == 1 ? "the record " : "the records ", ""));
    }

    private static String list(Set<DnsAddress> addresses) {
        return addresses.stream().map(DnsAddress::toString).collect(Collectors.joining(", "));
    }

    /** Says which machines users are to come to. */
    @FunctionalInterface
    interface Machines {
        /** Their IP addresses; throws a Failure when that can't be found out. */
        Set<DnsAddress> addresses() throws InterruptedException;
    }

    /** Looks names up. */
    @FunctionalInterface
    interface Records {
        /** The addresses of a name, none where it has none; throws a Failure where nobody answers. */
        Set<DnsAddress> of(String name) throws InterruptedException;
    }
}
