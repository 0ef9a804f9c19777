package org.meridian.drivers.haproxy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** What the parts of all apps on a machine stand in: HAProxy's own settings, and the frontends that find the app for a request. */
final class Frame {
    /** What HAProxy says of itself: to an earlier version of Meridian it must not look like one without a configuration. */
    static final String SHARED = "meridian-shared";

    private static final Template FRAME = Template.of("frame.cfg");
    private static final Template USERS = Template.of("users.cfg");
    private static final String NOBODY = "nobody";

    /** HAProxy takes 64 words in a line. */
    private static final int NAMES_IN_A_LINE = 50;

    private static final String HOST = "    http-request set-var(txn.host) req.hdr(host),field(1,:),lower\n";

    private Frame() {}

    /** What is the same on each machine: where it changes, each app's part counts as changed. */
    static String form() {
        return FRAME.text() + USERS.text() + HOST;
    }

    /** The frame for these claims. */
    static String of(List<Claim> claims) {
        Map<Integer, List<Claim>> ports = claims.stream()
                .sorted(Comparator.comparing(claim -> claim.app().value()))
                .collect(groupingBy(Claim::port, TreeMap::new, java.util.stream.Collectors.toList()));
        return FRAME.with("shared", SHARED).with("state", EdgeFiles.STATE).text()
                + ports.entrySet().stream()
                        .map(port -> users(port.getKey(), port.getValue()))
                        .collect(joining());
    }

    /**
     * Refuses a claim to what another app has.
     *
     * @param machine where, for the message
     */
    static void requireApart(Claim claim, List<Claim> others, String machine) {
        for (Claim other : others) {
            if (other.port() != claim.port()) {
                continue;
            }
            Optional<String> both =
                    claim.hosts().stream().filter(other.hosts()::contains).findFirst();
            if (both.isPresent()) {
                throw taken(
                        "requests for " + both.get() + " at port " + claim.port() + " of " + machine
                                + " are those of the app " + other.app() + " already",
                        "Take the name out of serve.hosts of one of the apps, or give one another port or machine.");
            }
            if (claim.hosts().isEmpty() && other.hosts().isEmpty()) {
                throw taken(
                        "the app " + other.app() + " has port " + claim.port() + " of " + machine
                                + " already, and neither app says for which names requests are its own",
                        "Write 'serve: { hosts: [journal.example.com] }' for one of them, or give one another port.");
            }
        }
    }

    private static Failure taken(String what, String fix) {
        return Failure.usage(Diagnostic.of("host-taken", what, fix));
    }

    private static String users(int port, List<Claim> claims) {
        List<Claim> named =
                claims.stream().filter(claim -> !claim.hosts().isEmpty()).toList();
        Optional<Claim> rest =
                claims.stream().filter(claim -> claim.hosts().isEmpty()).findFirst();
        String entries = senders(claims)
                + (named.isEmpty() ? "" : HOST)
                + named.stream().map(Frame::entries).collect(joining())
                + rest.flatMap(claim -> byCountry(claim, "")).orElse("");
        return USERS.with("port", Integer.toString(port))
                .with("entries", entries)
                .with("rest", rest.map(Claim::first).orElse(NOBODY))
                .text();
    }

    /** Who speaks the PROXY protocol is known before the app is, so what one app configures counts for all at its port. */
    private static String senders(List<Claim> claims) {
        List<String> all = claims.stream()
                .flatMap(claim -> claim.senders().stream())
                .distinct()
                .sorted()
                .toList();
        return all.isEmpty()
                ? ""
                : all.stream()
                        .map(sender -> "    acl sender src " + sender + "\n")
                        .collect(joining("", "", "    tcp-request connection expect-proxy layer4 if sender\n"));
    }

    private static String entries(Claim claim) {
        StringBuilder lines = new StringBuilder();
        for (int from = 0; from < claim.hosts().size(); from += NAMES_IN_A_LINE) {
            List<String> names = claim.hosts()
                    .subList(
                            from, Math.min(from + NAMES_IN_A_LINE, claim.hosts().size()));
            String asked = " { var(txn.host) -m str " + String.join(" ", names) + " }";
            lines.append(byCountry(claim, asked).orElse(""))
                    .append("    use_backend ")
                    .append(claim.first())
                    .append(" if")
                    .append(asked)
                    .append('\n');
        }
        return lines.toString();
    }

    private static Optional<String> byCountry(Claim claim, String asked) {
        return claim.countries()
                .map(map -> "    use_backend %[req.hdr(CF-IPCountry),upper,map_str(" + map + ",/" + claim.first()
                        + "),word(1,/)] if" + asked + " { req.hdr(CF-IPCountry) -m found }\n");
    }
}
