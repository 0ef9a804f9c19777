package org.meridian.drivers.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Origin;
import org.meridian.core.model.Origin.Health;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.TrafficDriver;

/** What is seen of several edges that are not of one mind. */
class SeveralEdgesTest {
    private static final RegionName EU = new RegionName("eu");
    private static final ServerName OLD = new ServerName("old");
    private static final ServerName FRESH = new ServerName("fresh");

    private final Edge one = new Edge();
    private final Edge other = new Edge();
    private final SeveralEdges edges = new SeveralEdges(List.of(one, other), new VirtualThreads());

    @Test
    void whatServesAtOneEdgeServes() throws Exception {
        one.pool(origin(OLD, 100, false, Health.HEALTHY, 3), origin(FRESH, 0, false, Health.HEALTHY, 0));
        other.pool(origin(OLD, 0, true, Health.HEALTHY, 1), origin(FRESH, 100, false, Health.HEALTHY, 2));

        Pool pool = edges.observe(EU);

        assertThat(pool.origin(OLD)).contains(origin(OLD, 100, false, Health.HEALTHY, 4));
        assertThat(pool.origin(FRESH)).contains(origin(FRESH, 100, false, Health.HEALTHY, 2));
    }

    @Test
    void whatIsDrainedAtEachIsDrained() throws Exception {
        one.pool(origin(OLD, 0, true, Health.HEALTHY, 0));
        other.pool(origin(OLD, 0, true, Health.HEALTHY, 0));

        assertThat(edges.observe(EU).origin(OLD)).contains(origin(OLD, 0, true, Health.HEALTHY, 0));
    }

    @Test
    void whatIsSickAtOneEdgeIsNotHealthyAndWhatOneLacksIsNotKnown() throws Exception {
        one.pool(origin(OLD, 100, false, Health.HEALTHY, 0), origin(FRESH, 0, false, Health.HEALTHY, 0));
        other.pool(origin(OLD, 100, false, Health.UNHEALTHY, 0));

        Pool pool = edges.observe(EU);

        assertThat(pool.origin(OLD).orElseThrow().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(pool.origin(FRESH).orElseThrow().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void aChangeGoesToAllAndAnEdgeThatIsSilentIsAFailure() throws Exception {
        PoolTarget target = new PoolTarget(EU, List.of());
        edges.apply(target);
        assertThat(one.applied).containsExactly(target);
        assertThat(other.applied).containsExactly(target);

        other.silent = true;

        assertThatThrownBy(() -> edges.apply(target)).isInstanceOf(Failure.class);
        assertThatThrownBy(edges::observe).isInstanceOf(Failure.class);
    }

    private static Origin origin(ServerName server, int weight, boolean draining, Health health, int inFlight) {
        return new Origin(server, "10.0.0.1:3000", new Weight(weight), draining, health, inFlight);
    }

    /** An edge that says what it was told to. */
    private static final class Edge implements TrafficDriver {
        private final List<PoolTarget> applied = new ArrayList<>();
        private List<Pool> pools = List.of();
        private boolean silent;

        void pool(Origin... origins) {
            pools = List.of(new Pool(EU, List.of(origins)));
        }

        private void answer() {
            if (silent) {
                throw Failure.noAnswer(Diagnostic.of("edge-silent", "the edge does not answer", "Run it again."));
            }
        }

        @Override
        public List<Pool> observe() {
            answer();
            return pools;
        }

        @Override
        public void prepare() {
            answer();
        }

        @Override
        public void apply(PoolTarget target) {
            answer();
            applied.add(target);
        }

        @Override
        public void drain(RegionName region, Collection<ServerName> servers) {
            answer();
        }

        @Override
        public boolean disconnect(RegionName region, Collection<ServerName> servers) {
            answer();
            return true;
        }

        @Override
        public URI address() {
            return URI.create("http://127.0.0.1");
        }

        @Override
        public void destroyAll() {
            answer();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
