package org.meridian.cli.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Whether the app's public name leads to its machines, all of them and no others. */
final class DnsCheck implements Check {
    private static final String NAME = "dns";
    private static final int SECONDS = 10;

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

        /** As this machine resolves names, within a limit. */
        static List<String> ofThisMachine(String name) throws UnknownHostException, InterruptedException {
            CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(InetAddress.getAllByName(name));
                } catch (UnknownHostException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            try {
                return List.of(answer.get(SECONDS, TimeUnit.SECONDS)).stream()
                        .map(InetAddress::getHostAddress)
                        .toList();
            } catch (ExecutionException e) {
                throw new UnknownHostException(name);
            } catch (TimeoutException e) {
                throw Failure.noAnswer(Diagnostic.of(
                        "dns-silent",
                        "no resolver said within " + SECONDS + " s where " + name + " is",
                        "See whether this machine resolves names at all."));
            }
        }
    }
}
