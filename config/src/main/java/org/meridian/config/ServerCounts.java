package org.meridian.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meridian.config.document.Problems;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.file.WholeFile;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.CountsFile;

/**
 * A configuration file in which regions get other numbers of servers. Only those numbers change: comments, order and quotes
 * stay as they are.
 */
public final class ServerCounts implements CountsFile {
    private final Path file;
    private final String former;
    private final String edited;

    private ServerCounts(Path file, String former, String edited) {
        this.file = file;
        this.former = former;
        this.edited = edited;
    }

    /**
     * Works out the edit, and writes nothing yet.
     *
     * @throws Failure of the usage kind when a region is unknown or counts its machines, or a number is not one that stands in
     *     the file itself, with all of these problems
     */
    public static ServerCounts in(Path file, Map<RegionName, Integer> counts) {
        requireNonNull(file, "file is null");
        String text = SourceFile.read(file, ConfigurationLoader.IF_MISSING);
        List<Diagnostic> problems = new ArrayList<>();
        List<CountToken> tokens = new ArrayList<>();
        CountTokens found = new CountTokens(file.toString(), text);
        counts.forEach((region, count) -> {
            try {
                tokens.add(found.of(region, count));
            } catch (Failure e) {
                problems.addAll(e.diagnostics());
            }
        });
        if (!problems.isEmpty()) {
            throw Failure.usage(problems);
        }
        return new ServerCounts(file, text, CountToken.replaced(text, tokens));
    }

    /** What the file will say; throws a Failure of the usage kind with everything that would be wrong with it. */
    public Configuration configuration() {
        return new ConfigurationLoader().load(file, edited, new Problems()).configuration();
    }

    /** Whether the file will say something else than now. */
    public boolean changes() {
        return !edited.equals(former);
    }

    @Override
    public void write() {
        replace(former, edited);
    }

    @Override
    public void restore() {
        replace(edited, former);
    }

    /** Somebody else's edit meanwhile is not overwritten. */
    private void replace(String expected, String wanted) {
        if (!changes()) {
            return;
        }
        if (!SourceFile.read(file, ConfigurationLoader.IF_MISSING).equals(expected)) {
            throw Failure.usage(Diagnostic.of(
                    "file-changed",
                    file + " was changed by somebody else meanwhile, so the numbers of servers in it stay as they are",
                    "See 'meridian status', write 'servers:' as it shall be, then run 'meridian scale'."));
        }
        try {
            WholeFile.write(file, wanted);
        } catch (IOException e) {
            throw Failure.usage(Diagnostic.of(
                    "unwritable",
                    "can't write " + file + ": " + BoundedFile.reason(e),
                    "Check its permissions and its directory's."));
        }
    }
}
