package org.meridian.cli.doctor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.App;
import org.meridian.core.rollout.SystemTime;
import org.meridian.drivers.cloudflare.CloudflareAccess;
import org.meridian.drivers.cloudflare.CloudflareTraffic;

/** Whether the token may do what a deploy does at Cloudflare, and whether the hostname is free or ours. */
record CloudflareCheck(Looking looking) implements Check {
    private static final String NAME = "cloudflare";

    /** Asks Cloudflare, with the token in these variables. */
    static CloudflareCheck of(App app, Map<String, String> environment) {
        return new CloudflareCheck(() -> {
            try (var access = new CloudflareAccess(app, CloudflareTraffic.token(environment), new SystemTime())) {
                return access.look();
            }
        });
    }

    @Override
    public Finding look() throws InterruptedException {
        CloudflareAccess.Found found = looking.look();
        if (!found.problems().isEmpty()) {
            return Finding.fail(NAME, summaries(found.problems()), suggestions(found.problems()));
        }
        return found.remarks().isEmpty()
                ? Finding.ok(NAME, "the token may do what a deploy does")
                : Finding.warn(NAME, summaries(found.remarks()), suggestions(found.remarks()));
    }

    private static String summaries(List<Diagnostic> found) {
        return found.stream().map(Diagnostic::summary).collect(Collectors.joining("; "));
    }

    private static String suggestions(List<Diagnostic> found) {
        return found.stream().map(Diagnostic::suggestion).distinct().collect(Collectors.joining("\n"));
    }

    /** Looks at Cloudflare. */
    @FunctionalInterface
    interface Looking {
        /** Looks. */
        CloudflareAccess.Found look() throws InterruptedException;
    }
}
