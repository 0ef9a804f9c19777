package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meridian.config.compose.ComposePort;

/** Guesses the port on which a service answers users. */
final class PortGuess {
    private static final int USUAL = 3000;

    /** Debuggers, asset servers, SSH, TLS, mail and metrics: seldom what users ask. */
    private static final Set<Integer> ASIDE = Set.of(
            22, 25, 443, 587, 1025, 1935, 2222, 4443, 5005, 5173, 5555, 6379, 8025, 8443, 9229, 9230, 9443, 24678,
            35729);

    private static final List<Integer> WEB = List.of(80, 8080, 3000, 8000);
    private static final Pattern LISTENS =
            Pattern.compile("(?:(?:^|\\s)(?:-p|--port|--http-port|--http\\.port|PORT)[ =]"
                    + "|(?:0\\.0\\.0\\.0|\\[::]|-b|--bind|--listen|addrport)[ :=](?:0\\.0\\.0\\.0:)?:?)(\\d{2,5})\\b");

    private static final Pattern HTTP = Pattern.compile("http://[^:;/]+:(?<port>\\d{1,5})");

    private final ServiceFacts service;
    private final List<Candidate> all;

    /** For a service among these. */
    PortGuess(ServiceFacts service, List<Candidate> all) {
        this.service = requireNonNull(service, "service is null");
        this.all = requireNonNull(all, "all is null");
    }

    Guess<Integer> guess() {
        return Stream.<Optional<Guess<Integer>>>of(
                        pointedTo(), single(), checked(), variable(), known(), likeliest(), command(), named(), aside())
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Guess.placeholder(USUAL, "nothing in this file says on which port it listens"));
    }

    /** Where another proxy in the file is told to send requests. */
    private Optional<Guess<Integer>> pointedTo() {
        return number(new Proxying(service).port()).map(port -> Guess.of(port, "where its labels send a proxy"));
    }

    private Optional<Guess<Integer>> single() {
        List<Integer> web = web();
        return web.size() == 1
                ? Optional.of(Guess.of(web.getFirst(), "the port that it publishes or exposes"))
                : Optional.empty();
    }

    private Optional<Guess<Integer>> checked() {
        return HealthUrl.in(service)
                .flatMap(HealthUrl::port)
                .filter(this::possible)
                .map(port -> Guess.of(port, "its health check asks there"));
    }

    private Optional<Guess<Integer>> variable() {
        Map<String, String> environment = service.environment();
        return Stream.of("PORT", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS")
                .flatMap(name -> told(environment.getOrDefault(name, "")).stream()
                        .filter(this::possible)
                        .map(port -> Guess.of(port, "its variable " + name)))
                .findFirst();
    }

    /** A number, the first of several, or that of the first address without TLS (learn.microsoft.com, Kestrel's endpoints). */
    private static Optional<Integer> told(String value) {
        Matcher address = HTTP.matcher(value);
        return number(address.find() ? address.group("port") : value.split(";", 2)[0].strip());
    }

    private Optional<Guess<Integer>> known() {
        return KnownImage.of(service)
                .filter(known -> possible(known.port()))
                .map(known -> Guess.of(known.port(), "where " + known.name() + " listens by default"));
    }

    /** Of several ports, the first usual one, or else the first. */
    private Optional<Guess<Integer>> likeliest() {
        List<Integer> web = web();
        return web.stream()
                .filter(WEB::contains)
                .findFirst()
                .or(() -> web.stream().findFirst())
                .map(port -> Guess.of(port, "the likeliest of its ports"));
    }

    private Optional<Guess<Integer>> command() {
        Matcher listens = LISTENS.matcher(service.command());
        return listens.find()
                ? number(listens.group(1)).map(port -> Guess.of(port, "its command listens there"))
                : Optional.empty();
    }

    /** Another service that requests this one, as in {@code API_URL=http://api:4000}. */
    private Optional<Guess<Integer>> named() {
        Pattern address = Pattern.compile("//" + Pattern.quote(service.name()) + ":(\\d{2,5})\\b");
        return all.stream()
                .filter(other -> !other.name().equals(service.name()))
                .flatMap(other -> address.matcher(other.facts().everything())
                        .results()
                        .flatMap(found -> number(found.group(1)).stream())
                        .map(port -> Guess.of(port, other.name() + " requests it there")))
                .findFirst();
    }

    /** Where there is nothing else, a port that is seldom for users. */
    private Optional<Guess<Integer>> aside() {
        return service.ports().stream()
                .map(ComposePort::container)
                .findFirst()
                .map(port -> Guess.of(port, "its only port"));
    }

    private List<Integer> web() {
        return web(service);
    }

    /** A service's ports without those that are seldom for users; published ones first. */
    static List<Integer> web(ServiceFacts service) {
        return Stream.concat(service.ports().stream().filter(port -> port.host().isPresent()), service.ports().stream())
                .map(ComposePort::container)
                .filter(port -> !ASIDE.contains(port))
                .distinct()
                .toList();
    }

    private boolean possible(int port) {
        return web().isEmpty() || service.ports().stream().anyMatch(written -> written.container() == port);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,5}")
                ? Optional.of(Integer.valueOf(text)).filter(port -> port > 0 && port < 65_536)
                : Optional.empty();
    }
}
