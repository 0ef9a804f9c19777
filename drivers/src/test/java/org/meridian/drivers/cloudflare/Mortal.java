package org.meridian.drivers.cloudflare;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.meridian.core.rollout.VirtualThreads;
import org.meridian.core.spi.StateStore;
import org.meridian.core.spi.Tasks;
import org.meridian.core.spi.Time;

/**
 * A deployer's process that can be killed: from then on nothing that it calls does anything, and nothing returns to it.
 * What it sent before is on its way, as with a real one.
 */
final class Mortal implements Time, Tasks {
    private final FastTime time;
    private final Tasks tasks = new VirtualThreads();
    private volatile boolean dead;

    Mortal(FastTime time) {
        this.time = time;
    }

    /** The process is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    void kill() {
        dead = true;
    }

    /** A port as this process has it. */
    <T> T calling(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        check();
        try {
            Object result = method.invoke(real, arguments);
            check();
            return result instanceof StateStore.Lock lock ? calling(StateStore.Lock.class, lock) : result;
        } catch (InvocationTargetException e) {
            check();
            throw e.getCause();
        }
    }

    @Override
    public Instant now() {
        check();
        return time.now();
    }

    @Override
    public long nanos() {
        check();
        return time.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        check();
        time.sleep(duration);
        check();
    }

    @Override
    public <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException {
        check();
        time.hire(items.size());
        unchecked(() -> time.waiting(() -> {
            tasks.forEach(List.copyOf(items), item -> hired(() -> action.run(item)));
            return items;
        }));
    }

    @Override
    public Background start(String name, Work work) {
        check();
        time.hire(1);
        return tasks.start(name, () -> {
            try {
                hired(work);
            } catch (Killed e) {
                // Its threads end with it.
            }
        });
    }

    private void hired(Work work) throws InterruptedException {
        unchecked(() -> time.hired(() -> {
            work.run();
            return work;
        }));
    }

    /** What the engine does throws nothing else. */
    private static void unchecked(Callable<?> call) throws InterruptedException {
        try {
            call.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void check() {
        if (dead) {
            throw new Killed();
        }
    }
}
