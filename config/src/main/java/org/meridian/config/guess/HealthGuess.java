package org.meridian.config.guess;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses the path that tells whether a service is fit to serve. */
final class HealthGuess {
    /** Since Rails 7.1 a new app has it, and what comes with that version shows here (guides.rubyonrails.org). */
    private static final Pattern RAILS = Pattern.compile(
            "RAILS_MASTER_KEY|RAILS_ASSUME_SSL|SOLID_QUEUE|/rails/(storage|log|tmp|db)|bin/thrust|bin/rails server");
    /** Since Laravel 11 (laravel.com, "the health route"). */
    private static final Pattern LARAVEL = Pattern.compile("LARAVEL_|sail-8\\.|artisan (serve|octane)");
    /** docs.spring.io, Actuator. */
    private static final Pattern SPRING = Pattern.compile("SPRING_(PROFILES|DATASOURCE|CONFIG)|/actuator/");

    private final ServiceFacts service;
    private final int port;

    /** For a service that answers users on this port. */
    HealthGuess(ServiceFacts service, int port) {
        this.service = requireNonNull(service, "service is null");
        this.port = port;
    }

    Guess<String> guess() {
        return Stream.of(checked(), labelled(), known(), framework())
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Guess.placeholder("/", "nothing in this file says which path tells that it is fit to serve"));
    }

    private Optional<Guess<String>> checked() {
        return HealthUrl.in(service)
                .filter(url -> url.port().isEmpty() || url.port().get() == port)
                .flatMap(HealthUrl::path)
                .map(path -> Guess.of(path, "its health check in the Compose file"));
    }

    private Optional<Guess<String>> labelled() {
        return Optional.of(new Proxying(service).health())
                .filter(path -> path.matches("/[A-Za-z0-9._~/-]*"))
                .map(path -> Guess.of(path, "the health check of its labels"));
    }

    private Optional<Guess<String>> known() {
        return KnownImage.of(service)
                .filter(known -> !known.health().equals("/"))
                .map(known -> Guess.of(known.health(), "where " + known.name() + " says that it is fit to serve"));
    }

    private Optional<Guess<String>> framework() {
        String names = String.join(" ", service.environment().keySet());
        String text = names + " " + service.everything();
        if (RAILS.matcher(text).find()) {
            return Optional.of(Guess.of("/up", "Rails answers there since version 7.1"));
        }
        if (LARAVEL.matcher(text).find()) {
            return Optional.of(Guess.of("/up", "Laravel answers there since version 11"));
        }
        return SPRING.matcher(text).find()
                ? Optional.of(Guess.of("/actuator/health", "Spring Boot's Actuator answers there"))
                : Optional.empty();
    }
}
