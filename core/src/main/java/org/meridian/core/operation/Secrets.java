package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.SecretSources.Answers;
import org.meridian.core.operation.SecretSources.Ask;

/**
 * Every region's secrets, fetched before anything is touched.
 *
 * @param sources what each region has, in the order in which later ones win
 */
record Secrets(Map<RegionName, List<Source>> sources) {
    /** None, for where no server needs any. */
    static final Secrets NONE = new Secrets(Map.of());

    Secrets {
        sources = Map.copyOf(sources);
    }

    /** Names and values for each region. */
    Map<RegionName, Map<String, Secret>> values() {
        return sources.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> merged(entry.getValue())));
    }

    /** Each region's references with the version found. */
    Map<RegionName, List<String>> versions() {
        return sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(Source::pin).toList()));
    }

    private static Map<String, Secret> merged(List<Source> layers) {
        Map<String, Secret> merged = new HashMap<>();
        layers.forEach(layer -> merged.putAll(layer.values()));
        return merged;
    }

    /**
     * Fetches what the app's regions refer to now; throws a Failure with every reference that can't be had, and every
     * name that a region must have and has not.
     */
    static Secrets complete(App app, SecretSources stores) throws InterruptedException {
        Answers answers = ask(app, stores);
        Secrets found = of(app, stores, answers);
        List<Failure> failures = new ArrayList<>(answers.refused().values());
        List<Diagnostic> missing = MissingNames.of(app, found)
                .lacks(app.regions().stream()
                        .filter(region -> asks(region, stores).stream().noneMatch(answers.refused()::containsKey))
                        .toList())
                .stream()
                .map(MissingNames.Lack::problem)
                .toList();
        if (!missing.isEmpty()) {
            failures.add(Failure.usage(missing));
        }
        List<Diagnostic> deciding = new DecidingSecrets(app, found).problems();
        if (!deciding.isEmpty()) {
            failures.add(Failure.usage(deciding));
        }
        throwIfAny(failures);
        return found;
    }

    /** Fetches what the app's regions refer to now, whatever is missing in it. */
    static Secrets today(App app, SecretSources stores) throws InterruptedException {
        Answers answers = ask(app, stores);
        throwIfAny(answers.refused().values());
        return of(app, stores, answers);
    }

    private static Answers ask(App app, SecretSources stores) throws InterruptedException {
        return stores.fetch(app.regions().stream()
                .flatMap(region -> asks(region, stores).stream())
                .toList());
    }

    private static Secrets of(App app, SecretSources stores, Answers answers) {
        return new Secrets(
                app.regions().stream().collect(Collectors.toMap(Region::name, region -> asks(region, stores).stream()
                        .flatMap(ask -> answers.source(ask).stream())
                        .toList())));
    }

    private static List<Ask> asks(Region region, SecretSources stores) {
        return region.secrets().stream()
                .map(reference -> stores.ask(reference, Optional.empty(), region.location()))
                .toList();
    }

    /** Throws one Failure with all problems; it is bad usage only when each of them is. */
    static void throwIfAny(Collection<Failure> failures) {
        List<Diagnostic> problems = failures.stream()
                .flatMap(failure -> failure.diagnostics().stream())
                .distinct()
                .toList();
        if (problems.isEmpty()) {
            return;
        }
        boolean usage = failures.stream().allMatch(failure -> failure.kind() == Failure.Kind.USAGE);
        throw usage ? Failure.usage(problems) : Failure.of(problems);
    }
}
