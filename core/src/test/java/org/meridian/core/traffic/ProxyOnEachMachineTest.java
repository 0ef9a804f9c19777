package org.meridian.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Pool;
import org.meridian.core.model.PoolTarget;
import org.meridian.core.model.PoolTarget.OriginTarget;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ServerName;
import org.meridian.core.model.Weight;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.TrafficDriver;

/** In which order the machines of a region are told. */
class ProxyOnEachMachineTest {
    private static final RegionName EU = new RegionName("eu");
    private static final URI ADDRESS = URI.create("http://127.0.0.1/");
    /** Of three machines the first has no new server. */
    private static final PoolTarget SHRUNK = target(
            weight("old-1", 0), weight("old-2", 0), weight("new-2", 100), weight("old-3", 0), weight("new-3", 100));

    private final List<String> told = new ArrayList<>();

    @Test
    void aMachineThatStopsServingIsToldAfterThoseThatBegin() throws Exception {
        proxies(machine("1", "old-1"), machine("2", "old-2", "new-2"), machine("3", "old-3", "new-3"))
                .apply(SHRUNK);

        assertThat(told).containsExactly("2", "3", "1");
    }

    @Test
    void thatOneMachineDoesNotAnswerKeepsNoOtherFromBeingTold() {
        TrafficDriver proxies =
                proxies(machine("1", "old-1"), machine("silent", "old-2", "new-2"), machine("3", "old-3", "new-3"));

        assertThatThrownBy(() -> proxies.apply(SHRUNK)).isInstanceOf(Failure.class);

        assertThat(told).containsExactly("3", "1");
    }

    private static PoolTarget target(OriginTarget... origins) {
        return new PoolTarget(EU, List.of(origins));
    }

    private static OriginTarget weight(String server, int weight) {
        return new OriginTarget(new ServerName(server), "10.0.0.1:80", new Weight(weight));
    }

    private TrafficDriver proxies(MachineProxy... machines) {
        return new ProxyOnEachMachine(
                new MachineProxy.Source() {
                    @Override
                    public List<MachineProxy> proxies() {
                        return List.of(machines);
                    }

                    @Override
                    public void close() {
                        // Nothing is open.
                    }
                },
                ADDRESS,
                new OneAfterTheOther());
    }

    private MachineProxy machine(String name, String... servers) {
        List<ServerName> there = Stream.of(servers).map(ServerName::new).toList();
        return new MachineProxy(EU, origin -> there.contains(origin.server()), new Told(name));
    }

    /** A proxy that remembers that it was told something; it need not be asked for that. */
    private final class Told implements TrafficDriver {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public List<Pool> observe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void apply(PoolTarget target) {
            if (name.equals("silent")) {
                throw Failure.noAnswer(Diagnostic.of("test", name, "See."));
            }
            told.add(name);
        }

        @Override
        public void prepare() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void drain(RegionName region, Collection<ServerName> drained) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean disconnect(RegionName region, Collection<ServerName> ended) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI address() {
            return ADDRESS;
        }

        @Override
        public void destroyAll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class OneAfterTheOther implements Tasks {
        @Override
        public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
            for (T item : items) {
                action.run(item);
            }
        }

        @Override
        public Background start(String name, Work work) {
            throw new UnsupportedOperationException();
        }
    }
}
