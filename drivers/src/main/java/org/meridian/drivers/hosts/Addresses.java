package org.meridian.drivers.hosts;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** The IP addresses under which an edge, and the machines themselves, reach machines: neither takes names. */
public final class Addresses {
    private static final int SECONDS = 10;

    private final Map<Machine, String> known = new ConcurrentHashMap<>();

    /**
     * The address that was given, or that of the host that SSH connects to, an IPv4 one where there is a choice; throws a Failure
     * where that can't be found out.
     */
    public String of(Machine machine, String host) throws InterruptedException {
        if (machine.address().isPresent()) {
            return machine.address().get();
        }
        String before = known.get(machine);
        if (before != null) {
            return before;
        }
        String found = resolved(machine, host);
        known.put(machine, found);
        return found;
    }

    /**
     * All addresses of a host, as this machine resolves names, within a limit; throws UnknownHostException where it has none, a Failure
     * where nobody answers.
     */
    public static List<String> all(String host) throws UnknownHostException, InterruptedException {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return Arrays.stream(answer.get(SECONDS, TimeUnit.SECONDS))
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (TimeoutException e) {
            throw Failure.noAnswer(Diagnostic.of(
                    "dns-silent",
                    "no resolver said within " + SECONDS + " s where " + host + " is",
                    "See whether this machine resolves names at all."));
        }
    }

    private static String resolved(Machine machine, String host) throws InterruptedException {
        try {
            return all(host).stream().findFirst().orElseThrow(() -> unknown(machine, host));
        } catch (UnknownHostException e) {
            throw unknown(machine, host);
        }
    }

    private static Failure unknown(Machine machine, String host) {
        return Failure.of(Diagnostic.of(
                "no-address",
                "the edge needs the IP address of " + machine.ssh() + ", and '" + host + "' can't be resolved here",
                "Write it as { ssh: " + machine.ssh() + ", address: 10.0.0.4 } with its address for the edge."));
    }
}
