package org.meridian.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Meridian this is; Maven writes it into a resource. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"meridian " + number() + " (Java " + Runtime.version() + ")"};
    }

    /** Such as {@code 1.2.3}. */
    public static String number() {
        try (InputStream file = Version.class.getResourceAsStream("/org/meridian/cli/version.properties")) {
            if (file == null) {
                throw new IllegalStateException("the build left out version.properties");
            }
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
