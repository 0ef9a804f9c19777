package org.meridian.cli.doctor;

import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.StateStore;

/** Whether the store of releases, history and the lock answers, wherever it is. */
record StoreCheck(Supplier<Optional<StateStore>> opening) implements Check {
    private static final String NAME = "state store";

    @Override
    public Finding look() {
        try {
            Optional<StateStore> opened = opening.get();
            if (opened.isEmpty()) {
                return Finding.ok(NAME, "none is kept");
            }
            try (StateStore store = opened.get()) {
                return Finding.ok(
                        NAME,
                        "it answers; " + store.holder().map(StoreCheck::held).orElse("nobody has the lock"));
            }
        } catch (Failure e) {
            return Finding.fail(NAME, e.diagnostic().summary(), e.diagnostic().suggestion());
        }
    }

    private static String held(StateStore.Holder holder) {
        return holder.who() + " has the lock since " + holder.since() + " (" + holder.what() + ")";
    }
}
