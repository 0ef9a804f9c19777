package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.meridian.core.model.RegionName;
import org.meridian.core.spi.ServerAccess.Size;

/**
 * A command that a person wants to run in the app's containers.
 *
 * @param kind     how it was asked for; the audit log's word
 * @param region   where; empty for the primary region, or for every one when it runs on all
 * @param server   on which server, by its name or the end of its name
 * @param service  in which Compose service; empty for the one that is served
 * @param command  argv
 * @param terminal the terminal that it gets
 * @param output   what becomes of secrets in what it writes
 */
public record ExecRequest(
        Kind kind,
        Optional<RegionName> region,
        Optional<String> server,
        Optional<String> service,
        List<String> command,
        Optional<Size> terminal,
        Output output) {
    /** Copies the command. */
    public ExecRequest {
        requireNonNull(kind, "kind is null");
        requireNonNull(region, "region is null");
        requireNonNull(server, "server is null");
        requireNonNull(service, "service is null");
        command = List.copyOf(command);
        requireNonNull(terminal, "terminal is null");
        requireNonNull(output, "output is null");
    }

    /**
     * Whether secrets are masked in what the command writes: unless it is written on a terminal for the person alone who works
     * there, or that person wants it as it is.
     */
    public boolean masked() {
        boolean forOne = terminal.isPresent() && kind != Kind.RUN;
        return output == Output.MASKED && !forOne;
    }

    /** What becomes of secrets in what the command writes. */
    public enum Output {
        /** They are masked where others may come to see it. */
        MASKED,
        /** Nothing is changed. */
        RAW
    }

    /** How a command is asked for. */
    public enum Kind {
        /** In a container that runs. */
        EXEC("exec", false),
        /** In a container of its own. */
        RUN("run", true),
        /** The configured console, in a container of its own: what it needs is not taken from those that serve. */
        CONSOLE("console", true);

        private final String word;
        private final boolean fresh;

        Kind(String word, boolean fresh) {
            this.word = word;
            this.fresh = fresh;
        }

        /** The word for people and for the audit log. */
        public String word() {
            return word;
        }

        /** Whether it gets a container of its own. */
        public boolean fresh() {
            return fresh;
        }
    }
}
