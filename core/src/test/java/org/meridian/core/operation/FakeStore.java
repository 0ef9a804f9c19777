package org.meridian.core.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;

/** A store that remembers what it was asked. */
final class FakeStore implements SecretStore {
    final List<Wanted> asked = new CopyOnWriteArrayList<>();
    private final String scheme;
    private final boolean perLocation;
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();

    FakeStore(String scheme, boolean perLocation) {
        this.scheme = scheme;
        this.perLocation = perLocation;
    }

    FakeStore has(String name, Map<String, String> values) {
        secrets.put(name, values);
        return this;
    }

    FakeStore fails(String name, Failure.Kind kind) {
        Diagnostic problem = Diagnostic.of("no", scheme + ":" + name + " can't be had", "Fix it.");
        failures.put(name, kind == Failure.Kind.USAGE ? Failure.usage(problem) : Failure.of(problem));
        return this;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public boolean perLocation() {
        return perLocation;
    }

    @Override
    public Values fetch(Wanted wanted) {
        asked.add(wanted);
        Failure failure = failures.get(wanted.name());
        if (failure != null) {
            throw failure;
        }
        Map<String, Secret> values = secrets.getOrDefault(wanted.name(), Map.of()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue())));
        return new Values("v1" + (perLocation ? wanted.location() : ""), values);
    }
}
