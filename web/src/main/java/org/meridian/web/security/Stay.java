package org.meridian.web.security;

/** How long somebody who was let in may stay. What goes on for long, such as a stream of events, ends with it. */
public interface Stay {
    /** For those whose every request says who they are: with a token, or by a trusted proxy. */
    Stay UNBOUNDED = new Stay() {
        @Override
        public boolean lasts() {
            return true;
        }

        @Override
        public Ending whenOver(Runnable end) {
            return () -> {};
        }
    };

    /** Whether it is not over yet. */
    boolean lasts();

    /** Runs this once when it is over, at once if it is; to be closed by whoever ends before. */
    Ending whenOver(Runnable end);

    /** Something that waits for the end of a stay. */
    @FunctionalInterface
    interface Ending extends AutoCloseable {
        /** Waits no more. */
        @Override
        void close();
    }
}
