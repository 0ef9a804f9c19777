package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides which service answers users, and which one is the app that a release replaces; often, both are one. */
final class ServiceChoice {
    private final List<Candidate> all;
    private final AppScore score;

    /** Among these services, for an app of this name. */
    ServiceChoice(List<Candidate> all, String app) {
        this.all = requireNonNull(all, "all is null");
        this.score = new AppScore(all, app);
    }

    /**
     * What was decided.
     *
     * @param served  the service that answers users
     * @param app     the service that is the app
     * @param because why
     */
    record Choice(Candidate served, Candidate app, String because) {
        /** Whether the app has no network of its own, so that its ports are those of the service that is served. */
        boolean carried() {
            return app.facts().carrier().filter(served.name()::equals).isPresent();
        }
    }

    /** The choice; empty when no service looks like an app. */
    Optional<Choice> make() {
        Optional<Candidate> app = best(Kind.APP).or(() -> best(Kind.TOOL));
        Optional<Candidate> carrier = app.flatMap(this::carrier);
        if (carrier.isPresent()) {
            return Optional.of(new Choice(carrier.get(), app.get(), app.get().name() + " has its ports there"));
        }
        Optional<Candidate> proxy = best(Kind.PROXY);
        if (proxy.isPresent() && (app.isEmpty() || passesOn(proxy.get(), app.get()))) {
            return Optional.of(new Choice(proxy.get(), app.orElse(proxy.get()), whyProxy()));
        }
        return app.map(service -> new Choice(service, service, why(service, proxy)));
    }

    /** The likeliest of a kind; of equals, the first in the file. */
    private Optional<Candidate> best(Kind kind) {
        return all.stream()
                .filter(candidate -> candidate.is(kind) && !carries(candidate))
                .sorted(Comparator.comparingInt(score::of).reversed())
                .findFirst();
    }

    /** Whether others take part in its network, as those do that reach the world through a VPN. */
    private boolean carries(Candidate candidate) {
        return all.stream()
                .anyMatch(other ->
                        other.facts().carrier().filter(candidate.name()::equals).isPresent());
    }

    /** The service that has the ports of an app in its place. */
    private Optional<Candidate> carrier(Candidate app) {
        return app.facts().carrier().flatMap(name -> all.stream()
                .filter(candidate -> candidate.name().equals(name)
                        && !candidate.facts().ports().isEmpty())
                .findFirst());
    }

    /** Whether requests should go to the proxy and not, past it, to the app. */
    private boolean passesOn(Candidate proxy, Candidate app) {
        if (proxy.facts().ports().isEmpty()) {
            return false;
        }
        Proxying proxying = new Proxying(proxy.facts());
        boolean appHasPort = new PortGuess(app.facts(), all).guess().known();
        return proxying.configured() ? !(appHasPort && onlyForTls(proxy)) : !appHasPort;
    }

    /** A proxy that terminates TLS for the one app does what Meridian's own does. */
    private boolean onlyForTls(Candidate proxy) {
        boolean tls = proxy.facts().ports().stream().anyMatch(port -> port.container() == 443);
        long apps = all.stream()
                .filter(candidate -> candidate.is(Kind.APP))
                .filter(candidate ->
                        new PortGuess(candidate.facts(), all).guess().known())
                .count();
        return tls && apps == 1 && !proxy.facts().built();
    }

    private String whyProxy() {
        String behind = all.stream()
                .filter(candidate -> candidate.is(Kind.APP))
                .map(Candidate::name)
                .limit(3)
                .collect(Collectors.joining(", "));
        return behind.isEmpty()
                ? "it is the only service that users can reach"
                : "the proxy in this file; it brings its own configuration for " + behind;
    }

    private String why(Candidate service, Optional<Candidate> proxy) {
        if (proxy.isPresent()) {
            return "the app behind " + proxy.get().name() + ", whose part Meridian's own proxy takes";
        }
        List<String> others = all.stream()
                .filter(candidate -> candidate.is(Kind.APP) && !candidate.name().equals(service.name()))
                .filter(candidate -> !candidate.facts().ports().isEmpty())
                .map(Candidate::name)
                .limit(3)
                .toList();
        return others.isEmpty()
                ? "the only app in this file that has a port"
                : "looks more like the site than " + String.join(", ", others);
    }
}
