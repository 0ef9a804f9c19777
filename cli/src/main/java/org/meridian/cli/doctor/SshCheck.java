package org.meridian.cli.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.cli.Reach;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Whether every machine of one's own and every server that was made lets Meridian in over SSH. */
record SshCheck(Trying trying) implements Check {
    private static final String NAME = "ssh";

    @Override
    public Finding look() throws InterruptedException {
        try {
            return trying.reach().map(SshCheck::found).orElseGet(() -> Finding.ok(NAME, "no machine is used"));
        } catch (Failure e) {
            return Finding.fail(NAME, e.diagnostic().summary(), fix(e.diagnostics()));
        }
    }

    private static Finding found(Reach reach) {
        List<Diagnostic> problems = reach.problems();
        if (problems.isEmpty() && !reach.notShipping().isEmpty()) {
            return Finding.warn(
                    NAME,
                    counted(reach.reached()) + " reached; "
                            + reach.notShipping().getFirst().summary(),
                    reach.notShipping().getFirst().suggestion());
        }
        if (problems.isEmpty()) {
            return Finding.ok(
                    NAME,
                    reach.reached() == 0
                            ? "nothing is out of reach; there is no server yet"
                            : counted(reach.reached()) + " reached");
        }
        String first = problems.getFirst().summary();
        return Finding.fail(
                NAME,
                problems.size() == 1
                        ? first
                        : problems.size() + " of " + counted(reach.reached() + problems.size())
                                + " not reached, the first: " + first,
                problems.size() == 1 ? problems.getFirst().suggestion() : fix(problems));
    }

    private static String counted(int count) {
        return count == 1 ? "1 server" : count + " servers";
    }

    private static String fix(List<Diagnostic> problems) {
        return problems.stream()
                .map(problem -> problem.summary() + " - " + problem.suggestion())
                .collect(Collectors.joining("\n"));
    }

    /** Tries to get to all of them. */
    @FunctionalInterface
    interface Trying {
        /** What came of it; empty where none is known. */
        Optional<Reach> reach() throws InterruptedException;
    }
}
