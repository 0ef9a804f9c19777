package org.meridian.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes scripts of apps with a proxy on each machine out of scripts of apps with an edge. */
final class ProxyScripts {
    private static final long PROXIES = 0x70726f78L;
    private static final int ONE_IN = 3;

    private final SplittableRandom random;

    /** Drawn apart from the rest of a seed's script. */
    ProxyScripts(long seed) {
        this.random = new SplittableRandom(seed ^ PROXIES);
    }

    /** The same script, a third of the time with proxies and with what befalls these. */
    Script mayBe(Script script) {
        return random.nextInt(ONE_IN) == 0 ? with(script) : script;
    }

    private Script with(Script script) {
        List<Fault> faults = new ArrayList<>(script.faults());
        int howMany = random.nextInt(3);
        for (int i = 0; i < howMany; i++) {
            faults.add(fault(script, random.nextInt(script.steps().size())));
        }
        return new Script(script.seed(), script.shape().withProxies(), script.steps(), faults);
    }

    private Fault fault(Script script, int step) {
        Duration soon = Duration.ofMillis(random.nextInt(60_000));
        if (random.nextBoolean()) {
            return new Fault.ProxyRestart(step, random.nextInt(8), soon, random.nextBoolean());
        }
        int region = random.nextInt(script.shape().servers().size());
        int machine = 1 + random.nextInt(script.shape().servers().get(region));
        Duration howLong = random.nextInt(4) == 0 ? Duration.ofHours(1) : Duration.ofSeconds(1 + random.nextInt(90));
        return new Fault.MachineAway(step, region, machine, soon, howLong);
    }
}
