package org.meridian.core.operation;

/**
 * Where the wanted numbers of servers are written down, so that what a scaling asks for is there for the next command, too.
 *
 * <p>Both calls throw {@link org.meridian.core.diagnostic.Failure} when the file can't be written.
 */
public interface CountsFile {
    /** Nothing is to be written. */
    CountsFile NONE = new CountsFile() {
        @Override
        public void write() {
            // The file says it already.
        }

        @Override
        public void restore() {
            // It was never changed.
        }
    };

    /** Writes the numbers; called once they are agreed to, just before the rollout begins. */
    void write();

    /** Makes the file what it was; called when the rollout did not begin or was put back. */
    void restore();
}
