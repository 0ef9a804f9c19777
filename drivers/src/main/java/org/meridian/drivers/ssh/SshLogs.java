package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.meridian.core.model.LogLine;
import org.meridian.core.model.Server;
import org.meridian.core.spi.ServerAccess.LogReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one server's containers write, as the script "logs" prints it. */
final class SshLogs implements LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(SshLogs.class);

    /** The script's lines are shorter; whatever else comes is cut. */
    private static final int LONGEST = 8192;

    private final LiveChannel channel;
    private final Server server;
    private final Tail errors;
    private final boolean follow;
    private final InputStream output;
    private final LogText text;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    SshLogs(LiveChannel channel, Server server, Tail errors, boolean follow) {
        this.channel = requireNonNull(channel, "channel is null");
        this.server = requireNonNull(server, "server is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.follow = follow;
        this.output = new BufferedInputStream(channel.output(), 1 << 16);
        this.text = new LogText(server);
    }

    /** Waits until what was written before is about to come. */
    void awaitBeginning() throws InterruptedException {
        try {
            if (!readLine()) {
                throw ended();
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public Optional<LogLine> next() throws InterruptedException {
        try {
            while (readLine()) {
                Optional<LogLine> whole = text.add(line.toByteArray());
                if (whole.isPresent()) {
                    return whole;
                }
            }
        } catch (IOException e) {
            throw lost(e);
        }
        if (follow || channel.await() != 0) {
            throw ended();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Reads up to the next line's end; tells whether there was one. */
    private boolean readLine() throws IOException {
        line.reset();
        int next = output.read();
        while (next != '\n' && next >= 0) {
            if (line.size() < LONGEST) {
                line.write(next);
            }
            next = output.read();
        }
        return next >= 0;
    }

    private RuntimeException ended() {
        LOG.debug("{}: the log's end; on standard error: {}", server.name(), errors.text());
        String said = errors.text().strip();
        return channel.lost(new IOException(said.isEmpty() ? "it ended" : said));
    }

    private RuntimeException lost(IOException e) throws InterruptedException {
        if (e instanceof InterruptedIOException) {
            throw new InterruptedException(e.getMessage());
        }
        return channel.lost(e);
    }
}
