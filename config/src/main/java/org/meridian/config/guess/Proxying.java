package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service says to, or is, a reverse proxy in the same file. */
final class Proxying {
    private static final Pattern ROUTER = Pattern.compile("traefik\\.http\\.routers\\..+\\.rule");
    private static final Pattern TRAEFIK_PORT =
            Pattern.compile("traefik\\.http\\.services\\..+\\.loadbalancer\\.server\\.port");
    private static final Pattern TRAEFIK_HEALTH =
            Pattern.compile("traefik\\.http\\.services\\..+\\.loadbalancer\\.healthcheck\\.path");
    private static final Pattern CADDY_PORT = Pattern.compile("upstreams (\\d+)");
    /** A part of a site: a path other than the root, or a host's name that is for programs or for the team. */
    private static final Pattern BELOW_ROOT =
            Pattern.compile("Path(Prefix)?\\(`/[A-Za-z0-9]|Host\\(`(api|admin|db|adminer|traefik|monitor)\\.");

    private final ServiceFacts service;

    Proxying(ServiceFacts service) {
        this.service = requireNonNull(service, "service is null");
    }

    /** Whether a proxy that reads labels or variables of other services finds this one. */
    boolean announced() {
        return !"false".equals(service.labels().get("traefik.enable"))
                && (service.labels().keySet().stream()
                                .anyMatch(label -> ROUTER.matcher(label).matches()
                                        || TRAEFIK_PORT.matcher(label).matches()
                                        || label.equals("traefik.enable")
                                        || label.equals("caddy"))
                        || service.environment().containsKey("VIRTUAL_HOST"));
    }

    /** Whether only a part of the site is sent to it, such as {@code /api}. */
    boolean belowRoot() {
        return service.labels().entrySet().stream()
                .filter(label -> ROUTER.matcher(label.getKey()).matches())
                .anyMatch(label -> BELOW_ROOT.matcher(label.getValue()).find());
    }

    /** The port that the proxy is pointed to; empty text when it is not. */
    String port() {
        String traefik = label(TRAEFIK_PORT);
        Matcher caddy = CADDY_PORT.matcher(String.join(" ", service.labels().values()));
        return !traefik.isEmpty()
                ? traefik
                : caddy.find() ? caddy.group(1) : service.environment().getOrDefault("VIRTUAL_PORT", "");
    }

    /** The path that the proxy checks; empty text when it checks none. */
    String health() {
        return label(TRAEFIK_HEALTH);
    }

    /** Whether it is a proxy that asks the Docker Engine what to pass on, and to whom. */
    boolean discovers() {
        return service.mounts().stream().anyMatch(mount -> mount.contains("docker.sock"))
                || service.command().contains("providers.docker")
                || service.environment().containsKey("CADDY_INGRESS_NETWORKS");
    }

    /** Whether it is a proxy that brings what it passes on and to whom: in its image, in files, or in its command. */
    boolean configured() {
        return !discovers()
                && (service.built()
                        || service.has("configs")
                        || service.command().contains("reverse-proxy")
                        || service.mounts().stream().anyMatch(Proxying::isConfiguration));
    }

    private static boolean isConfiguration(String mount) {
        return mount.matches("(?i).*(conf|nginx|caddyfile|/etc/|traefik|haproxy|kong|envoy|template).*");
    }

    private String label(Pattern name) {
        return service.labels().entrySet().stream()
                .filter(label -> name.matcher(label.getKey()).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
