package org.meridian.web.stream;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends a client its feed until one of them ends, or the client is let in no more. */
public final class EventStream {
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final int TOGETHER = 64 * 1024;

    private final Context context;
    private final BooleanSupplier stillIn;

    /** A stream as the answer to this request, while {@code stillIn} says so. */
    public EventStream(Context context, BooleanSupplier stillIn) {
        this.context = requireNonNull(context, "context is null");
        this.stillIn = requireNonNull(stillIn, "stillIn is null");
    }

    /** Sends in the request's own thread, which is virtual, so that waiting for a slow client costs next to nothing. */
    public void send(Feed feed) throws IOException, InterruptedException {
        var response = context.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        // Tells proxies such as nginx not to keep the events back.
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        response.flushBuffer();
        Optional<Frame> frame = feed.next(BEAT);
        while (frame.isPresent() && stillIn.getAsBoolean()) {
            write(out, frame.get(), feed);
            response.flushBuffer();
            frame = feed.next(BEAT);
        }
    }

    /** What waits goes out together, since each sending of its own costs more than the frame. */
    private static void write(OutputStream out, Frame first, Feed feed) throws IOException {
        int written = 0;
        Optional<Frame> frame = Optional.of(first);
        while (frame.isPresent()) {
            out.write(frame.get().bytes());
            written += frame.get().bytes().length;
            frame = written < TOGETHER ? feed.ready() : Optional.empty();
        }
    }
}
