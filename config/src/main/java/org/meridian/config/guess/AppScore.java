package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How much speaks for a service as the one that answers users. The figures only order services of the same file. */
final class AppScore {
    private static final Set<String> FRONT_NAMES = Set.of(
            "app",
            "client",
            "django",
            "front",
            "frontend",
            "gateway",
            "laravel",
            "main",
            "portal",
            "rails",
            "server",
            "site",
            "ui",
            "web",
            "webapp",
            "webserver",
            "website",
            "www");
    private static final Set<String> BACK_NAMES = Set.of("api", "backend", "base", "service", "svc");
    private static final Set<String> ASIDE_NAMES = Set.of(
            "admin",
            "agent",
            "cli",
            "console",
            "debug",
            "demo",
            "dev",
            "devcontainer",
            "docs",
            "e2e",
            "exporter",
            "monitoring",
            "playground",
            "relay",
            "runner",
            "shell",
            "storybook",
            "streaming",
            "studio",
            "test",
            "tests",
            "tools",
            "websocket",
            "ws");

    private final List<Candidate> all;
    private final String app;

    /** For a file with these services, of an app of this name. */
    AppScore(List<Candidate> all, String app) {
        this.all = requireNonNull(all, "all is null");
        this.app = requireNonNull(app, "app is null");
    }

    int of(Candidate candidate) {
        ServiceFacts facts = candidate.facts();
        int score = reachable(facts) + named(facts);
        score += KnownImage.of(facts).isPresent() ? 20 : 0;
        score += HealthUrl.in(facts).isPresent() ? 8 : 0;
        score += facts.built() ? 5 : 0;
        score -= inFront(candidate).isPresent() ? 25 : 0;
        score -= facts.has("network_mode") && facts.carrier().isEmpty() ? 20 : 0;
        score -= facts.active() ? 0 : 10;
        score += behindProxy(candidate) ? 20 : 0;
        score -= facts.image().orElse("").contains("fpm") ? 60 : 0;
        return score;
    }

    /** Whether a proxy waits for it before it starts. */
    private boolean behindProxy(Candidate candidate) {
        return all.stream()
                .filter(other -> other.is(Kind.PROXY))
                .anyMatch(proxy -> proxy.facts().dependencies().contains(candidate.name()));
    }

    private static int reachable(ServiceFacts facts) {
        boolean web = facts.ports().isEmpty() || !PortGuess.web(facts).isEmpty();
        boolean published = web && facts.has("ports");
        boolean exposed = web && !facts.ports().isEmpty();
        Proxying proxying = new Proxying(facts);
        int announced = proxying.announced() ? (proxying.belowRoot() ? 25 : 45) : 0;
        return announced + (published ? 40 : exposed ? 20 : 0);
    }

    private int named(ServiceFacts facts) {
        List<String> words = facts.words();
        boolean front = words.stream().anyMatch(FRONT_NAMES::contains);
        int score = front ? 10 : words.stream().anyMatch(BACK_NAMES::contains) ? -5 : 0;
        score += aside(facts) ? -30 : 0;
        String name = facts.name().toLowerCase(Locale.ROOT);
        boolean likeImage = facts.path().stream().anyMatch(part -> part.equals(name));
        return score + (likeImage || name.equals(app) ? 10 : 0);
    }

    /** Whether its name is that of a part that stands aside; a well-known app may be called so itself. */
    private static boolean aside(ServiceFacts facts) {
        boolean itself = KnownImage.of(facts).isPresent()
                && ASIDE_NAMES.contains(facts.path().getLast());
        return !itself && facts.words().stream().anyMatch(ASIDE_NAMES::contains);
    }

    /** Another app that waits for this one and can be reached itself: a frontend before its backend. */
    Optional<Candidate> inFront(Candidate candidate) {
        return all.stream()
                .filter(other -> other.is(Kind.APP) && !other.name().equals(candidate.name()))
                .filter(other -> other.facts().dependencies().contains(candidate.name()))
                .filter(other -> reachable(other.facts()) >= reachable(candidate.facts()))
                .filter(other -> !aside(other.facts()))
                .findFirst();
    }
}
