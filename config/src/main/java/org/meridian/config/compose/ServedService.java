package org.meridian.config.compose;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.document.Numbers;
import org.meridian.config.document.Problems;
import org.meridian.config.document.YamlNode.Mapping;
import org.meridian.config.document.YamlNode.Scalar;

/** Checks that the edge can reach the service that answers requests, on a port of the server that is free. */
public final class ServedService {
    private final ComposeDocument compose;
    private final ComposeService service;
    private final Problems problems;

    /** For a service of this Compose file. */
    public ServedService(ComposeDocument compose, ComposeService service, Problems problems) {
        this.compose = requireNonNull(compose, "compose is null");
        this.service = requireNonNull(service, "service is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** The server's port for this container port: the one it is published under, or the same. */
    public int hostPort(int containerPort) {
        return service.published(containerPort).flatMap(ComposePort::host).orElse(containerPort);
    }

    /**
     * The other ports that it publishes, in Compose's short form. The one for this container port is left out whatever
     * address it is published on: Meridian publishes it itself.
     */
    public List<String> others(int containerPort) {
        Stream<String> tcp = service.ports().stream()
                .filter(port -> port.container() != containerPort && port.host().isPresent())
                .map(ComposePort::written);
        Stream<String> rest = Shapes.items(service.body(), "ports")
                .filter(Scalar.class::isInstance)
                .map(port -> ((Scalar) port).text())
                .filter(port -> !ShortPort.of(port).protocol().equals("tcp"));
        return Stream.concat(tcp, rest).distinct().toList();
    }

    /** Checks what stands in the way of requests to this container port. */
    public void check(int containerPort) {
        checkNetworkMode();
        checkReplicas();
        checkFree(hostPort(containerPort));
    }

    private void checkNetworkMode() {
        service.body()
                .scalar("network_mode")
                .filter(mode -> !mode.text().equals("bridge"))
                .ifPresent(mode -> problems.error(
                        mode.where(),
                        "network-mode",
                        path() + ".network_mode '" + mode.text() + "' leaves no port to publish",
                        "Leave network_mode out at the service that answers requests."));
    }

    private void checkReplicas() {
        Optional<Scalar> replicas = service.body()
                .get("deploy")
                .filter(Mapping.class::isInstance)
                .flatMap(deploy -> ((Mapping) deploy).scalar("replicas"))
                .or(() -> service.body().scalar("scale"));
        replicas.filter(number -> Numbers.whole(number.text()).orElse(1) > 1)
                .ifPresent(number -> problems.error(
                        number.where(),
                        "replicas",
                        path() + " runs " + number.text() + " times, and one port can't belong to all of them",
                        "Run it once on each server, and give the region more servers."));
    }

    private void checkFree(int hostPort) {
        for (ComposeService other : compose.services()) {
            other.ports().stream()
                    .filter(port -> !other.name().equals(service.name()))
                    .filter(port -> port.host().filter(host -> host == hostPort).isPresent())
                    .findFirst()
                    .ifPresent(port -> problems.error(
                            port.where(),
                            "port-taken",
                            "services." + other.name() + ".ports takes the server's port " + hostPort + ", which "
                                    + path() + " is served under",
                            "Publish one of the two under another port."));
        }
    }

    private String path() {
        return "services." + service.name();
    }
}
