package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.model.Secret;
import org.meridian.core.operation.SecretSources.Answers;
import org.meridian.core.operation.SecretSources.Ask;
import org.meridian.core.rollout.Redaction;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.Time;

/**
 * The secrets that what containers write may have in it: those that are configured, and where stores keep versions, those of
 * the newest releases. They are asked for when they are first needed, and again after some minutes.
 *
 * <p>Whoever looks at logs may be looking for why a store does not answer: what can't be had is said, and is not masked.
 */
public final class KnownSecrets {
    private static final Duration FRESH = Duration.ofMinutes(10);

    /** The one that serves and the one that is kept. */
    private static final int RELEASES = 2;

    private final App app;
    private final SecretSources stores;
    private final Supplier<List<Release>> releases;
    private final Time time;
    private final Consumer<String> note;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Redaction known;
    private Instant asked = Instant.MIN;

    /** Those of a workspace's app. */
    public KnownSecrets(Workspace workspace) {
        this(
                workspace.app(),
                workspace.secretSources(),
                () -> workspace.state().releases(),
                workspace.world().time(),
                workspace::note);
    }

    /** Those of an app whose releases these are; {@code note} takes what people have to know. */
    KnownSecrets(App app, SecretSources stores, Supplier<List<Release>> releases, Time time, Consumer<String> note) {
        this.app = requireNonNull(app, "app is null");
        this.stores = requireNonNull(stores, "stores is null");
        this.releases = requireNonNull(releases, "releases is null");
        this.time = requireNonNull(time, "time is null");
        this.note = requireNonNull(note, "note is null");
    }

    /** What masks them. */
    public Redaction redaction() throws InterruptedException {
        asking.lockInterruptibly();
        try {
            Instant now = time.now();
            Redaction last = known;
            if (last == null || now.isAfter(asked.plus(FRESH))) {
                last = ask();
                known = last;
                asked = now;
            }
            return last;
        } finally {
            asking.unlock();
        }
    }

    private Redaction ask() throws InterruptedException {
        List<Ask> asks = asks();
        if (asks.isEmpty()) {
            return Redaction.NONE;
        }
        Answers answers = stores.fetch(asks);
        String refusals = answers.refused().values().stream()
                .filter(refusal -> !refusal.diagnostic().code().equals(SecretStore.NO_SUCH_VERSION))
                .map(Failure::getMessage)
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
        if (!refusals.isEmpty()) {
            note.accept("Not all secrets can be masked in what is shown: " + refusals);
        }
        List<Secret> values = answers.got().values().stream()
                .map(SecretStore.Values::values)
                .map(Map::values)
                .flatMap(all -> all.stream())
                .toList();
        return new Redaction(values);
    }

    private List<Ask> asks() {
        Stream<Ask> todays = app.regions().stream()
                .flatMap(region -> region.secrets().stream().map(reference -> today(region, reference)));
        return Stream.concat(todays, former()).distinct().toList();
    }

    private Ask today(Region region, String reference) {
        return stores.ask(reference, Optional.empty(), region.location());
    }

    private Stream<Ask> former() {
        List<Release> all = releases.get();
        return all.subList(Math.max(0, all.size() - RELEASES), all.size()).stream()
                .flatMap(release -> app.regions().stream().flatMap(region -> FormerSource.of(release, region, stores)))
                .map(FormerSource::same);
    }
}
