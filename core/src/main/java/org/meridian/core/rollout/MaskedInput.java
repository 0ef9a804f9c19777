package org.meridian.core.rollout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Bytes that a program writes, without the secrets in them; each is handed on as soon as it can't be the beginning of one. */
final class MaskedInput extends InputStream {
    private static final int PIECE = 8192;
    private static final int PIECES = 16;

    private final MaskedStream stream;
    private final Duration pause;
    private final Runnable met;
    private final InputStream source;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(PIECES);
    private byte[] ready = new byte[0];
    private int next;
    private @Nullable Thread reader;
    private @Nullable Piece last;

    /**
     * {@code pause} is how long nothing has to come for a program to be taken as waiting for a person; {@code met} is run when
     * there was the first secret.
     */
    MaskedInput(InputStream source, Redaction redaction, Duration pause, Runnable met) {
        this.source = requireNonNull(source, "source is null");
        this.stream = new MaskedStream(redaction.ofBytes());
        this.pause = requireNonNull(pause, "pause is null");
        this.met = requireNonNull(met, "met is null");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        while (next == ready.length) {
            if (last != null) {
                return last.end();
            }
            fill();
        }
        int count = Math.min(length, ready.length - next);
        System.arraycopy(ready, next, bytes, from, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
        if (reader != null) {
            reader.interrupt();
        }
    }

    private void fill() throws IOException {
        if (reader == null) {
            reader = Thread.ofVirtual().name("masking").start(this::readAll);
        }
        try {
            Piece piece = stream.waits() ? pieces.poll(pause.toNanos(), TimeUnit.NANOSECONDS) : pieces.take();
            String shown;
            if (piece == null) {
                shown = stream.paused();
                if (shown.isEmpty()) {
                    piece = pieces.take();
                    shown = taken(piece);
                }
            } else {
                shown = taken(piece);
            }
            ready = shown.getBytes(ISO_8859_1);
            next = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private String taken(Piece piece) {
        boolean before = stream.masked();
        if (piece.isLast()) {
            last = piece;
        }
        String shown = piece.isLast() ? stream.end() : stream.add(piece.text());
        if (stream.masked() && !before) {
            met.run();
        }
        return shown;
    }

    private void readAll() {
        Piece end = Piece.END;
        try {
            byte[] buffer = new byte[PIECE];
            int read = source.read(buffer);
            while (read >= 0) {
                pieces.put(new Piece(new String(buffer, 0, read, ISO_8859_1), null, false));
                read = source.read(buffer);
            }
        } catch (IOException e) {
            end = new Piece("", e, true);
        } catch (InterruptedException e) {
            return;
        }
        putLast(end);
    }

    private void putLast(Piece end) {
        try {
            pieces.put(end);
        } catch (InterruptedException e) {
            // Closed: nobody reads the end.
        }
    }

    /** What was read, or how it ended. */
    private record Piece(String text, @Nullable IOException problem, boolean isLast) {
        static final Piece END = new Piece("", null, true);

        int end() throws IOException {
            if (problem != null) {
                throw problem;
            }
            return -1;
        }
    }
}
