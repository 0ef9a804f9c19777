package org.meridian.cli.view;

import static java.util.Objects.requireNonNull;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jline.utils.Signals;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess.RemoteProcess;
import org.meridian.core.spi.ServerAccess.Size;
import org.meridian.drivers.command.LocalProcesses;

/** Connects this process's standard streams, or its whole terminal, with a process on a server. */
public final class Attachment {
    private final Console console;
    private final SttySize size = new SttySize(new LocalProcesses());

    /** For these streams. */
    public Attachment(Console console) {
        this.console = requireNonNull(console, "console is null");
    }

    /** The size of the terminal to pass on; empty where there is none. */
    public Optional<Size> terminal() {
        if (!console.passable()) {
            return Optional.empty();
        }
        ScreenSize now = size.get();
        return Optional.of(new Size(now.columns(), now.rows()));
    }

    /** Says to a person where the terminal goes. */
    public void introduce(Server server) {
        console.err().println(console.errStyle().dim("-- " + server.name() + ", " + server.release()));
    }

    /** Passes everything on until the process ends; returns its exit code. */
    public int attach(RemoteProcess process, boolean terminal) throws InterruptedException {
        if (!terminal) {
            return pass(process);
        }
        Signals.register("WINCH", () -> {
            size.forget();
            terminal().ifPresent(process::resize);
        });
        RawTerminal raw = RawTerminal.begin(new LocalProcesses());
        try {
            return pass(process);
        } finally {
            raw.close();
        }
    }

    private int pass(RemoteProcess process) throws InterruptedException {
        // A thread that reads standard input can't be interrupted, so it must not keep the process alive.
        Thread.ofPlatform().daemon().name("input").start(() -> passInput(process));
        Thread errors = Thread.ofVirtual().start(() -> copyQuietly(process.errors(), console.err()));
        try {
            copy(process.output(), new Wanted(console));
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            // The connection is lost, which waiting for the end tells.
        }
        errors.join();
        return process.await();
    }

    /** Standard output as long as somebody reads it; then the command there is ended, too. */
    private static final class Wanted extends FilterOutputStream {
        private final Console console;

        Wanted(Console console) {
            super(console.out());
            this.console = console;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() {
            console.requireWritable();
        }
    }

    private void passInput(RemoteProcess process) {
        copyQuietly(console.input(), process.input());
        try {
            process.input().close();
        } catch (IOException e) {
            // It has ended and reads no more.
        }
    }

    private static void copyQuietly(InputStream from, OutputStream to) {
        try {
            copy(from, to);
        } catch (IOException e) {
            // One of the two ends is gone, which is told where the process is waited for.
        }
    }

    /** What was read is passed on at once, however little it is. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        int read = from.read(buffer);
        while (read >= 0) {
            to.write(buffer, 0, read);
            to.flush();
            read = from.read(buffer);
        }
    }
}
