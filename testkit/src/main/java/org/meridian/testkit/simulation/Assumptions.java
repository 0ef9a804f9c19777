package org.meridian.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a rehearsal takes for granted about the world.
 *
 * @param times how long each thing takes; all of them
 * @param load  how busy every server is when all is well, as a share of what it can bear; above 0, at most 1
 */
public record Assumptions(Map<Taking, Assumed> times, double load) {
    private static final long MOMENT = 10_000_000L;
    private static final int MOMENTS = 90_000_000;

    /** Copies the times and checks the load. */
    public Assumptions {
        EnumMap<Taking, Assumed> all = new EnumMap<>(Taking.class);
        for (Taking taking : Taking.values()) {
            all.put(taking, times.getOrDefault(taking, usual(taking)));
        }
        times = Map.copyOf(all);
        if (!(load > 0 && load <= 1)) {
            throw new IllegalArgumentException("a load is above 0 and at most 1, not " + load);
        }
    }

    private static Assumed usual(Taking taking) {
        return new Assumed(Spread.around(taking.usual), Source.USUAL, 0);
    }

    /** How long something is taken to take. */
    public Assumed of(Taking taking) {
        return requireNonNull(times.get(taking));
    }

    /** A world of that pace. */
    Pace pace() {
        return new Pace() {
            @Override
            public long call(Effect effect, RandomGenerator random) {
                return switch (effect) {
                    case PLACE -> draw(Taking.PLACE, random);
                    case PULL -> draw(Taking.PULL, random);
                    case START, START_WORKERS -> draw(Taking.START, random);
                    case RUN -> draw(Taking.COMMAND, random);
                    default -> MOMENT + random.nextInt(MOMENTS);
                };
            }

            @Override
            public long boot(RandomGenerator random) {
                return draw(Taking.BOOT, random);
            }

            @Override
            public long healthy(RandomGenerator random) {
                return draw(Taking.HEALTHY, random);
            }
        };
    }

    private long draw(Taking taking, RandomGenerator random) {
        return of(taking).spread().draw(random);
    }

    /** What takes time. */
    public enum Taking {
        /** From asking for a server until it can be logged in to. */
        BOOT(Duration.ofSeconds(40)),
        /** Putting a release's files on a server. */
        PLACE(Duration.ofSeconds(1)),
        /** Pulling a release's images. */
        PULL(Duration.ofSeconds(20)),
        /** Starting the containers. */
        START(Duration.ofSeconds(5)),
        /** From there until the app answers its health check well. */
        HEALTHY(Duration.ofSeconds(3)),
        /** The command before any traffic moves. */
        COMMAND(Duration.ofSeconds(10));

        private final Duration usual;

        Taking(Duration usual) {
            this.usual = usual;
        }
    }

    /**
     * How long something is taken to take, and who says so.
     *
     * @param spread   how long
     * @param source   who says so
     * @param measured how many durations it was learnt from; 0 unless they were measured
     */
    public record Assumed(Spread spread, Source source, int measured) {
        /** As a person says. */
        public static Assumed given(Duration typical) {
            return new Assumed(Spread.around(typical), Source.GIVEN, 0);
        }

        /** As past deploys were. */
        public static Assumed learnt(List<Duration> durations) {
            return new Assumed(Spread.measured(durations), Source.MEASURED, durations.size());
        }
    }

    /** Where an assumption is from. */
    public enum Source {
        /** Nobody knows better. */
        USUAL,
        /** Past deploys of the app. */
        MEASURED,
        /** The person who asks. */
        GIVEN
    }
}
