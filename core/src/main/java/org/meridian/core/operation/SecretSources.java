package org.meridian.core.operation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.rollout.Patience;
import org.meridian.core.spi.SecretStore;
import org.meridian.core.spi.Tasks;

/** Every store of secrets, asked at the same time and about each thing once. */
final class SecretSources {
    private final List<SecretStore> stores;
    private final Tasks tasks;
    private final Patience patience;

    SecretSources(List<SecretStore> stores, Tasks tasks, Patience patience) {
        this.stores = List.copyOf(stores);
        this.tasks = tasks;
        this.patience = patience;
    }

    /** What to ask for a reference, in a region there; equal where one answer does for several regions. */
    Ask ask(String reference, Optional<String> version, String location) {
        boolean perLocation = store(reference).filter(SecretStore::perLocation).isPresent();
        return new Ask(reference, version, perLocation ? location : "");
    }

    /** Whether a former version of what is behind the reference can be had. */
    boolean keepsVersions(String reference) {
        return store(reference).filter(SecretStore::keepsVersions).isPresent();
    }

    /** Asks for all of them; what can't be had is in the answers too. */
    Answers fetch(Collection<Ask> asks) throws InterruptedException {
        Answers answers = new Answers(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        Set<Ask> distinct = Set.copyOf(asks);
        if (distinct.size() == 1) {
            answer(distinct.iterator().next(), answers);
        } else {
            tasks.forEach(distinct, ask -> answer(ask, answers));
        }
        return answers;
    }

    private void answer(Ask ask, Answers answers) throws InterruptedException {
        try {
            SecretStore store = store(ask.reference()).orElseThrow(() -> unknown(ask.reference()));
            String name = ask.reference().substring(store.scheme().length() + 1);
            SecretStore.Wanted wanted = new SecretStore.Wanted(name, ask.version(), ask.location());
            answers.got().put(ask, patience.retry(() -> store.fetch(wanted)));
        } catch (Failure e) {
            answers.refused().put(ask, e);
        }
    }

    private Optional<SecretStore> store(String reference) {
        return stores.stream()
                .filter(store -> reference.startsWith(store.scheme() + ":"))
                .findFirst();
    }

    private Failure unknown(String reference) {
        return Failure.usage(Diagnostic.of(
                "unknown-secret-store",
                "no secret store understands '" + reference + "'",
                "Write one of " + stores.stream().map(SecretStore::scheme).toList() + " and a colon before it."));
    }

    /**
     * A question to a store.
     *
     * @param reference as it stands in the configuration
     * @param version   a former version; empty for today's
     * @param location  where the region is; empty where that makes no difference
     */
    record Ask(String reference, Optional<String> version, String location) {}

    /**
     * What the stores answered.
     *
     * @param got     what could be had
     * @param refused why the rest could not
     */
    record Answers(Map<Ask, SecretStore.Values> got, Map<Ask, Failure> refused) {
        /** These and others. */
        Answers or(Answers others) {
            Map<Ask, SecretStore.Values> all = new HashMap<>(others.got());
            all.putAll(got);
            return new Answers(all, refused);
        }

        /** The source behind a question; empty when it was refused. */
        Optional<Source> source(Ask ask) {
            return Optional.ofNullable(got.get(ask))
                    .map(values -> new Source(ask.reference(), values.version(), values.values()));
        }
    }
}
