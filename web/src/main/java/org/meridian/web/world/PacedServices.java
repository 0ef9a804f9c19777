package org.meridian.web.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.plan.Observation;
import org.meridian.core.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the app does beside answering requests: asked every few seconds, since each question is a command on a server. */
final class PacedServices {
    private static final Logger LOG = LoggerFactory.getLogger(PacedServices.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Optional<ReadServices> services;
    private final Time time;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile ServicesView seen = ServicesView.NOT_YET;
    private volatile Optional<Long> asked = Optional.empty();

    PacedServices(Optional<ReadServices> services, Time time) {
        this.services = requireNonNull(services, "services is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** Begins to ask when it is time and nobody asks already; waits for no answer. */
    void look(Observation observed) {
        services.filter(way -> due() && asking.compareAndSet(false, true))
                .ifPresent(way -> Thread.ofVirtual().name("services").start(() -> ask(way, observed)));
    }

    /** What is known. */
    ServicesView seen() {
        return seen;
    }

    private boolean due() {
        return asked.filter(at -> time.agingNanos() - at < EVERY.toNanos()).isEmpty();
    }

    private void ask(ReadServices way, Observation observed) {
        try {
            seen = ServicesView.of(way.of(observed), time.now());
        } catch (Failure e) {
            LOG.debug("the services can't be seen", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked = Optional.of(time.agingNanos());
            asking.set(false);
        }
    }
}
