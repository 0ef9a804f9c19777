package org.meridian.core.rollout;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Pool;

/** Says what a first deploy leaves behind when it is put back: its servers go, and what they were to stand on stays. */
final class WhatStays {
    private final World world;

    WhatStays(World world) {
        this.world = world;
    }

    /** Says it, unless something else serves or nothing stays. */
    void tell() throws InterruptedException {
        try {
            List<Pool> pools = world.traffic().observe();
            if (pools.stream().flatMap(pool -> pool.origins().stream()).anyMatch(Origin::serving)) {
                return;
            }
            List<String> staying = new ArrayList<>(world.fleets().staying());
            staying.addAll(world.traffic().staying());
            if (!staying.isEmpty()) {
                note("What stays for the next deploy: " + String.join("; ", staying)
                        + ". 'meridian destroy' removes it.");
            }
        } catch (Failure e) {
            note("What stays for the next deploy could not be looked at ("
                    + e.diagnostic().summary() + "). 'meridian destroy' removes it.");
        }
    }

    private void note(String text) {
        world.events().emit(new RolloutEvent.Note(world.time().now(), text));
    }
}
