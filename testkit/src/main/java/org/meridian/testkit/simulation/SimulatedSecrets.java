package org.meridian.testkit.simulation;

import java.util.Map;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.SecretStore;

/** A secret store whose one value is looked for afterwards wherever it must not be. */
final class SimulatedSecrets implements SecretStore {
    /** The value that nobody may see. */
    static final String VALUE = "hunter2-planted";

    /** A reference to it. */
    static final String REFERENCE = "simulated:database";

    @Override
    public String scheme() {
        return "simulated";
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    @Override
    public Values fetch(Wanted wanted) {
        return new Values("1", Map.of("DATABASE_PASSWORD", Secret.of(VALUE)));
    }
}
