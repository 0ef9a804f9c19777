package org.meridian.testkit.simulation;

import java.util.function.LongFunction;

/** The same as {@link Hunt}, of apps with a proxy on each machine. */
public final class ProxyHunt implements LongFunction<String> {
    @Override
    public String apply(long runs) {
        for (long seed = 1; seed <= runs; seed++) {
            Script script = Scripts.from(seed);
            if (script.shape().proxied()) {
                Simulation.Result result = Simulation.run(script);
                if (result.violation().isPresent()) {
                    return "seed " + seed + ": " + result.violation().get().getMessage();
                }
            }
        }
        return "";
    }
}
