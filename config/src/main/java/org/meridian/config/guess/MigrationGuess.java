package org.meridian.config.guess;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Proposes the command that brings an app's schema up to date, where its framework can be told from the Compose file. */
final class MigrationGuess {
    /** How each framework's own documentation runs migrations in production, and what gives it away. */
    private static final List<Framework> FRAMEWORKS = List.of(
            new Framework("Rails", "bin/rails db:migrate", "\\brails\\b|\\bpuma\\b|sidekiq|RAILS_ENV|RAILS_MASTER_KEY"),
            new Framework(
                    "Django",
                    "python manage.py migrate --noinput",
                    "manage\\.py|\\.wsgi\\b|\\.asgi\\b|DJANGO_SETTINGS_MODULE"),
            new Framework("Laravel", "php artisan migrate --force", "\\bartisan\\b|\\bhorizon\\b"),
            new Framework("Prisma", "npx prisma migrate deploy", "\\bprisma\\b"),
            new Framework("Phoenix", "bin/migrate", "PHX_HOST|PHX_SERVER|\\bmix\\b"),
            new Framework("Alembic", "alembic upgrade head", "\\balembic\\b"),
            new Framework("Flask-Migrate", "flask db upgrade", "flask db\\b|FLASK_APP"));

    private MigrationGuess() {}

    /** The command, of the app that these services belong to; its reason names the framework. */
    static Optional<Guess<String>> of(List<Candidate> services) {
        String text = services.stream()
                .filter(service -> service.is(Kind.APP) || service.is(Kind.TASK))
                .map(Candidate::facts)
                .map(facts -> facts.command() + " "
                        + String.join(" ", facts.environment().keySet()))
                .collect(Collectors.joining(" "));
        return FRAMEWORKS.stream()
                .filter(framework -> framework.signs().matcher(text).find())
                .findFirst()
                .map(framework -> Guess.of(framework.command(), "looks like " + framework.name()));
    }

    private record Framework(String name, String command, Pattern signs) {
        Framework(String name, String command, String signs) {
            this(name, command, Pattern.compile(signs));
        }
    }
}
