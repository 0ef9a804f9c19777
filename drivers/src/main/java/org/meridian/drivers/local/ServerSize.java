package org.meridian.drivers.local;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Region;

/**
 * How much of the laptop a local server may use; written like {@code 1cpu-512mb} or {@code 0.5cpu-1gb}.
 *
 * @param cpus   processors, possibly a fraction
 * @param memory memory as Docker writes it, such as {@code 512m}
 */
record ServerSize(String cpus, String memory) {
    private static final Pattern FORM = Pattern.compile("(?<cpus>[0-9]+(\\.[0-9]+)?)cpu-(?<memory>[0-9]+[mg])b");

    /** The size that the region asks for; empty for no limit. Fails with USAGE when it is not one. */
    static Optional<ServerSize> of(Region region) {
        return region.size().map(size -> {
            Matcher form = FORM.matcher(size);
            if (!form.matches()) {
                throw Failure.usage(Diagnostic.of(
                        "bad-size",
                        "regions." + region.name() + ".size is '" + size + "', which is not a local size",
                        "Write processors and memory like 1cpu-512mb, or leave size out for no limit."));
            }
            return new ServerSize(form.group("cpus"), form.group("memory"));
        });
    }

    List<String> options() {
        return List.of("--cpus", cpus, "--memory", memory);
    }
}
