package org.meridian.core.spi;

import java.util.Map;

/** Tells people elsewhere what happens. */
public interface Notifier {
    /**
     * Tells it; throws {@link org.meridian.core.diagnostic.Failure} when that does not work, which never stops a rollout.
     *
     * @param sentence one sentence for people
     * @param facts    the same for programs
     */
    void tell(String sentence, Map<String, String> facts) throws InterruptedException;
}
