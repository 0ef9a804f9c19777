package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.config.compose.ComposeService;
import org.meridian.config.guess.ServiceChoice.Choice;

/**
 * What a first configuration says of an app.
 *
 * @param service the service that answers users
 * @param port    its port
 * @param health  the path that tells whether it is fit to serve
 * @param image   the app's image
 * @param migration the command that brings its schema up to date; empty where nothing says which framework it is
 */
public record Guesses(
        Guess<String> service,
        Guess<Integer> port,
        Guess<String> health,
        Guess<String> image,
        Optional<Guess<String>> migration) {
    private static final String NO_APP = "no service of the Compose file looks like your app";

    /** Checks that no part is null. */
    public Guesses {
        requireNonNull(service, "service is null");
        requireNonNull(port, "port is null");
        requireNonNull(health, "health is null");
        requireNonNull(image, "image is null");
        requireNonNull(migration, "migration is null");
    }

    /**
     * Guesses from a Compose file's services, for an app of this name.
     *
     * @param active   the services that start by themselves
     * @param inactive those that wait for a profile: what it is set to where they run is not always known here
     */
    public static Guesses of(List<ComposeService> active, List<ComposeService> inactive, String app) {
        List<ComposeService> services =
                Stream.concat(active.stream(), inactive.stream()).toList();
        List<ServiceFacts> facts = services.stream()
                .map(service -> new ServiceFacts(service, active.contains(service)))
                .toList();
        KindGuess kinds = new KindGuess(facts);
        List<Candidate> all =
                facts.stream().map(one -> new Candidate(one, kinds.of(one))).toList();
        Optional<Choice> choice = new ServiceChoice(all, app).make();
        return choice.map(made -> of(made, all, app)).orElseGet(() -> none(services, app));
    }

    /** This with the port that others found for the same service, if they did. */
    public Guesses portOf(Optional<Guesses> others) {
        return others.filter(
                        other -> other.port().known() && other.service().value().equals(service.value()))
                .map(other -> new Guesses(
                        service,
                        Guess.of(other.port().value(), other.port().because() + ", in the override file"),
                        health,
                        image,
                        migration))
                .orElse(this);
    }

    /** The names of the services that look like apps: neither databases nor proxies, tools or tasks. */
    public static List<String> apps(List<ComposeService> active) {
        List<ServiceFacts> facts =
                active.stream().map(service -> new ServiceFacts(service, true)).toList();
        KindGuess kinds = new KindGuess(facts);
        return facts.stream()
                .filter(one -> kinds.of(one) == Kind.APP)
                .map(ServiceFacts::name)
                .toList();
    }

    private static Guesses of(Choice choice, List<Candidate> all, String app) {
        Candidate served = choice.served();
        Guess<Integer> port = port(choice, all);
        return new Guesses(
                Guess.of(served.name(), choice.because()),
                port,
                health(choice, port.value(), all),
                new ImageGuess(choice.app().facts(), app).guess(),
                MigrationGuess.of(all));
    }

    /** Where the app's ports are another service's, the app still tells on which of them it listens. */
    private static Guess<Integer> port(Choice choice, List<Candidate> all) {
        Guess<Integer> own = new PortGuess(choice.served().facts(), all).guess();
        if (!choice.carried()) {
            return own;
        }
        Guess<Integer> ofApp = new PortGuess(choice.app().facts(), all).guess();
        boolean published =
                choice.served().facts().ports().stream().anyMatch(port -> port.container() == ofApp.value());
        return ofApp.known() && published ? ofApp : own;
    }

    /** A proxy passes on what the one app behind it answers. */
    private static Guess<String> health(Choice choice, int port, List<Candidate> all) {
        Guess<String> own = new HealthGuess(choice.served().facts(), port).guess();
        boolean one = all.stream().filter(candidate -> candidate.is(Kind.APP)).count() == 1;
        if (own.known() || !(one || choice.carried())) {
            return own;
        }
        ServiceFacts app = choice.app().facts();
        Guess<String> behind =
                new HealthGuess(app, new PortGuess(app, all).guess().value()).guess();
        return behind.known() ? Guess.of(behind.value(), "of " + app.name() + ": " + behind.because()) : own;
    }

    /** Keeps the places for what has to be written; never the name of a service that is there and is no app. */
    private static Guesses none(List<ComposeService> services, String app) {
        List<String> taken = services.stream().map(ComposeService::name).toList();
        String name = List.of("web", "app", app, "your-app").stream()
                .filter(one -> !taken.contains(one))
                .findFirst()
                .orElse("your-service");
        return new Guesses(
                Guess.placeholder(name, NO_APP),
                Guess.placeholder(3000, "the port that it listens on"),
                Guess.placeholder("/", "a path that it answers with 2xx when it is fit to serve"),
                Guess.placeholder(app, NO_APP),
                Optional.empty());
    }
}
