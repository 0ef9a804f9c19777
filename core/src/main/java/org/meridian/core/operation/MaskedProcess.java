package org.meridian.core.operation;

import java.io.InputStream;
import java.io.OutputStream;
import org.meridian.core.rollout.Redaction;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;

/** A command that runs on a server, in whose output no secret is shown. */
final class MaskedProcess implements RemoteProcess {
    private final RemoteProcess process;
    private final InputStream output;
    private final InputStream errors;

    /** {@code met} is run each time that one of the two streams has a secret for the first time. */
    MaskedProcess(RemoteProcess process, Redaction redaction, Runnable met) {
        this.process = process;
        this.output = redaction.mask(process.output(), met);
        this.errors = redaction.mask(process.errors(), met);
    }

    @Override
    public OutputStream input() {
        return process.input();
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public InputStream errors() {
        return errors;
    }

    @Override
    public void resize(Size size) {
        process.resize(size);
    }

    @Override
    public int await() throws InterruptedException {
        return process.await();
    }

    @Override
    public void close() {
        process.close();
    }
}
