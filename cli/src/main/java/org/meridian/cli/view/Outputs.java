package org.meridian.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess.RemoteProcess;

/** Shows what a command wrote on several servers, one server after the other. */
public final class Outputs {
    /** More of it is left out, so that no server can fill the memory here. */
    private static final int MOST = 1 << 20;

    private final Console console;

    /** Shows it there. */
    public Outputs(Console console) {
        this.console = requireNonNull(console, "console is null");
    }

    /** Reads what a process writes until it ends. */
    public Output read(Server server, RemoteProcess process) throws InterruptedException {
        var text = new ByteArrayOutputStream();
        try {
            process.input().close();
            Thread errors = Thread.ofVirtual().start(() -> keepQuietly(process.errors(), text));
            keep(process.output(), text);
            errors.join();
        } catch (IOException e) {
            // The connection is lost, which waiting for the end tells.
        }
        int exitCode = process.await();
        synchronized (text) {
            return new Output(server, exitCode, text.toString(UTF_8), text.size() >= MOST);
        }
    }

    /** Shows a server's output beneath its name. */
    public void show(Output output) {
        Style style = console.outStyle();
        String exit = output.exitCode() == 0 ? style.dim("exit 0") : style.red("exit " + output.exitCode());
        console.out()
                .println(style.bold(output.server().name().value()) + "  "
                        + style.dim(output.server().region() + ", "
                                + output.server().release()) + "  " + exit);
        output.text().lines().map(Visible::of).forEach(console.out()::println);
        if (output.cut()) {
            console.out().println(style.dim("(cut after 1 MiB)"));
        }
        console.out().flush();
    }

    private static void keepQuietly(InputStream from, ByteArrayOutputStream to) {
        try {
            keep(from, to);
        } catch (IOException e) {
            // The connection is lost, which waiting for the end tells.
        }
    }

    private static void keep(InputStream from, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        int read = from.read(buffer);
        while (read >= 0) {
            synchronized (to) {
                to.write(buffer, 0, Math.min(read, MOST - to.size()));
            }
            read = from.read(buffer);
        }
    }

    /**
     * What a command wrote on a server, its errors among it.
     *
     * @param server   where
     * @param exitCode how it ended
     * @param text     what it wrote
     * @param cut      whether more was left out
     */
    public record Output(Server server, int exitCode, String text, boolean cut) {
        /** Checks that no part is null. */
        public Output {
            requireNonNull(server, "server is null");
            requireNonNull(text, "text is null");
        }
    }
}
