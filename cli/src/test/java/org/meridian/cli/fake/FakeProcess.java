package org.meridian.cli.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;

/** A process that ends once it has read all of its input, which it prints between its own words. */
public final class FakeProcess implements RemoteProcess {
    private final int exitCode;
    private final String said;
    private final String complained;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** One that prints and complains so, and ends with that code. */
    public FakeProcess(int exitCode, String said, String complained) {
        this.exitCode = exitCode;
        this.said = said;
        this.complained = complained;
    }

    @Override
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                got.write(b);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    /** Waits for the whole input first. */
    @Override
    public InputStream output() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new ByteArrayInputStream((said + got.toString(UTF_8)).getBytes(UTF_8));
    }

    @Override
    public InputStream errors() {
        return new ByteArrayInputStream(complained.getBytes(UTF_8));
    }

    @Override
    public void resize(Size size) {
        throw new AssertionError("there is no terminal");
    }

    @Override
    public int await() {
        return exitCode;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
