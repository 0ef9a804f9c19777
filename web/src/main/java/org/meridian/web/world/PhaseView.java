package org.meridian.web.world;

import java.time.Instant;
import java.util.Optional;

/**
 * What a region went through in a rollout, as clients get it.
 *
 * @param region    the region
 * @param phase     {@code prepare}, {@code before-shift}, {@code canary}, {@code shift}, {@code drain}, {@code revert},
 *                  {@code retire} or {@code bake}
 * @param startedAt when its first act began
 * @param endedAt   when it ended; empty while it goes on
 * @param ok        whether every act of it ended well; empty while that is not known
 */
public record PhaseView(
        String region, String phase, Instant startedAt, Optional<Instant> endedAt, Optional<Boolean> ok) {}
