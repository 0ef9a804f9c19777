package org.meridian.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Where log lines go: to the view, which knows where standard error is free. Logback finds this class when the first logger
 * is made, so a command that logs nothing does not pay for logging.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static volatile boolean verbose;
    private static volatile Consumer<String> target = line -> {};

    /** Sends log lines there from now on; all of them when verbose, only warnings of our own otherwise. */
    public static void begin(boolean isVerbose, Consumer<String> lines) {
        verbose = isVerbose;
        target = lines;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var lines = new Lines();
        lines.setContext(context);
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(verbose ? Level.INFO : Level.OFF);
        context.getLogger("org.meridian").setLevel(verbose ? Level.DEBUG : Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String trace = event.getThrowableProxy() == null
                    ? ""
                    : "\n"
                            + ThrowableProxyUtil.asString(event.getThrowableProxy())
                                    .stripTrailing();
            target.accept(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage() + trace);
        }
    }
}
