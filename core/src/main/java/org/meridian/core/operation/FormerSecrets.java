package org.meridian.core.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.operation.SecretSources.Answers;

/**
 * The secrets that a former release had: from the places and in the versions that it remembers.
 *
 * <p>A store that keeps no versions has the same only as long as nobody changed it. Whether today's may stand in where
 * the same can't be had is for a person to say, before anything happens.
 */
final class FormerSecrets {
    /** The code of the failure that says that only today's can be had. */
    static final String ONLY_TODAYS = "other-secrets";

    private final SecretSources stores;
    private final Release release;
    private final String advice;

    /** The secrets of a release; {@code advice} is what to do where they can't be had. */
    FormerSecrets(SecretSources stores, Release release, String advice) {
        this.stores = stores;
        this.release = release;
        this.advice = advice;
    }

    /** The secrets that these regions had, and nothing else; throws a Failure with all that can't be had. */
    Secrets same(Collection<Region> regions) throws InterruptedException {
        List<FormerSource> sources = sources(regions);
        Answers answers = stores.fetch(sources.stream().map(FormerSource::same).toList());
        List<Failure> failures = refusals(sources, answers);
        List<Diagnostic> others = others(sources, answers);
        if (!others.isEmpty()) {
            failures.add(Failure.usage(others));
        }
        Secrets.throwIfAny(failures);
        return secrets(regions, sources, answers);
    }

    /** The same as far as it can be had, and today's from the same places for the rest. */
    Secrets orTodays(Collection<Region> regions) throws InterruptedException {
        List<FormerSource> sources = sources(regions);
        Answers answers = stores.fetch(sources.stream().map(FormerSource::same).toList());
        Secrets.throwIfAny(refusals(sources, answers));
        Answers todays = stores.fetch(sources.stream()
                .filter(source -> source.gone(answers))
                .map(FormerSource::todays)
                .toList());
        Secrets.throwIfAny(todays.refused().values());
        return secrets(regions, sources, answers.or(todays));
    }

    private List<FormerSource> sources(Collection<Region> regions) {
        return regions.stream()
                .flatMap(region -> FormerSource.of(release, region, stores))
                .toList();
    }

    private static List<Failure> refusals(List<FormerSource> sources, Answers answers) {
        return sources.stream()
                .flatMap(source -> source.refusal(answers).stream())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Secrets secrets(Collection<Region> regions, List<FormerSource> sources, Answers answers) {
        return new Secrets(regions.stream().collect(Collectors.toMap(Region::name, region -> sources.stream()
                .filter(source -> source.region().equals(region))
                .flatMap(source -> Stream.of(source.same(), source.todays())
                        .flatMap(ask -> answers.source(ask).stream())
                        .limit(1))
                .toList())));
    }

    /** A problem for each version that can't be had, with the regions that had it. */
    private List<Diagnostic> others(List<FormerSource> sources, Answers answers) {
        Map<String, List<FormerSource>> others = sources.stream()
                .filter(source -> source.gone(answers) || source.changed(answers))
                .collect(Collectors.groupingBy(
                        source -> source.version().orElse("") + " of " + source.reference(),
                        TreeMap::new,
                        Collectors.toList()));
        return others.entrySet().stream()
                .map(other -> other(other.getKey(), other.getValue(), answers))
                .toList();
    }

    private Diagnostic other(String version, List<FormerSource> sources, Answers answers) {
        boolean gone = sources.getFirst().gone(answers);
        return Diagnostic.of(
                ONLY_TODAYS,
                release.id() + " had version " + version + " in "
                        + sources.stream()
                                .map(source -> source.region().name().value())
                                .collect(Collectors.joining(", "))
                        + ", and "
                        + (gone
                                ? "the store has it no more"
                                : "it was changed since; such a source keeps no former content"),
                advice);
    }
}
