package org.meridian.cli.doctor;

import java.util.Optional;
import java.util.function.Supplier;
import org.meridian.core.diagnostic.Diagnostic;

/** Whether whoever can reach the servers shares what is remembered of them. */
record SharedStateCheck(Supplier<Optional<Diagnostic>> problem) implements Check {
    private static final String NAME = "shared state";

    @Override
    public Finding look() {
        return problem.get()
                .map(found -> Finding.warn(NAME, found.summary(), found.suggestion()))
                .orElseGet(() -> Finding.ok(NAME, "state is where the servers are, or shared"));
    }
}
