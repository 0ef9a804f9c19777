package org.meridian.testkit.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;

/** A secret store whose one value, in all its versions, is looked for afterwards wherever it must not be. */
final class SimulatedSecrets implements SecretStore {
    /** What nobody may see; every version begins with it. */
    static final String VALUE = "hunter2-planted";

    /** The value's name. */
    static final String NAME = "DATABASE_PASSWORD";

    /** A reference to it. */
    static final String REFERENCE = "simulated:database";

    private final AtomicInteger newest = new AtomicInteger(1);
    private volatile int oldest = 1;
    private volatile boolean keepsVersions = true;

    /** Changes the value. */
    void change() {
        newest.incrementAndGet();
    }

    /** Loses every version but the newest. */
    void forget() {
        oldest = newest.get();
    }

    /** Is from now on like a file, which has no former content. */
    void likeAFile() {
        keepsVersions = false;
    }

    /** The value of a version. */
    static Secret value(int version) {
        return Secret.of(VALUE + version);
    }

    @Override
    public String scheme() {
        return "simulated";
    }

    @Override
    public boolean keepsVersions() {
        return keepsVersions;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    @Override
    public Values fetch(Wanted wanted) {
        Optional<Integer> asked = wanted.version().filter(any -> keepsVersions).map(Integer::valueOf);
        int version = asked.orElseGet(newest::get);
        if (version < oldest) {
            throw Failure.usage(Diagnostic.of(
                    NO_SUCH_VERSION, "there is no version " + version + " of " + REFERENCE, "Take the newest."));
        }
        return new Values(Integer.toString(version), Map.of(NAME, value(version)));
    }
}
