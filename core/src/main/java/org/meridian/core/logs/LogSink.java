package org.meridian.core.logs;

import org.meridian.core.model.LogLine;
import org.meridian.core.model.ServerName;

/** Takes what is read from logs; called by one thread at a time. */
public interface LogSink {
    /** A line; the next one comes once this returns. */
    void line(LogLine line);

    /** Something that people have to know to trust what they see: a server was lost, came back, is gone. */
    void remark(ServerName server, String text);

    /** So many lines were left out here, since they came faster than they were taken. */
    void skipped(long lines);
}
