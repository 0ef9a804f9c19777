package org.meridian.drivers.ssh;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Kept.KeptService;
import org.meridian.core.model.Server;
import org.meridian.drivers.command.CommandResult;

/**
 * Whether a machine has the addresses on which services that keep data are published there.
 *
 * <p>Asked before such a service is written down and made: Docker would fail to start it, now and at each deploy until it is
 * made again.
 */
final class PublishedAddresses {
    private PublishedAddresses() {}

    /**
     * Throws the failure where one is missing. A machine that does not tell its addresses is believed to have them.
     *
     * @param told what {@link HostCommands#addresses} printed there
     */
    static void require(Server server, Collection<KeptService> services, CommandResult told) {
        List<InetAddress> has = told.succeeded() ? addresses(told.output()) : List.of();
        if (has.isEmpty()) {
            return;
        }
        Optional<InetAddress> missing = services.stream()
                .flatMap(service -> service.published().stream())
                .flatMap(published -> literal(host(published)).stream())
                .filter(address -> !has.contains(address))
                .findFirst();
        missing.ifPresent(address -> {
            throw Failure.of(Diagnostic.of(
                    "no-such-address",
                    "the machine of " + server.name() + " has no address " + address.getHostAddress()
                            + " to publish a service on; it has "
                            + String.join(
                                    ", ",
                                    has.stream()
                                            .map(InetAddress::getHostAddress)
                                            .toList()),
                    "Write one of the machine's private addresses in 'publish' of the service (docs/data.md), then deploy"
                            + " again."));
        });
    }

    private static List<InetAddress> addresses(String words) {
        return Arrays.stream(words.strip().split("\\s+", -1))
                .flatMap(word -> literal(word).stream())
                .toList();
    }

    /** Of an address and two ports, as Compose has them. */
    private static String host(String published) {
        return published.replaceFirst(":[0-9]+:[0-9]+$", "").replaceAll("[\\[\\]]", "");
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
