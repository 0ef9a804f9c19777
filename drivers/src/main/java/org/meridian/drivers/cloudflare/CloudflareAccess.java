package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;
import tools.jackson.databind.JsonNode;

/**
 * Finds out whether a token may do what Meridian does at Cloudflare, and whether the hostname is free for it or is
 * Meridian's, without changing anything: whether it may change things shows when it asks to remove one that can't exist.
 */
public final class CloudflareAccess implements AutoCloseable {
    private static final Duration SOON = Duration.ofDays(14);
    private static final String NOBODYS_ID = "0".repeat(32);
    private static final String RENEW =
            "Renew it where it was made: My Profile > API Tokens, or Manage Account > Account API Tokens.";
    private static final Set<String> ADDRESSES = Set.of("A", "AAAA", "CNAME");

    private final CloudflareSettings settings;
    private final CloudflareNames names;
    private final CloudflareApi api;
    private final Time time;

    /** Looks for an app, with an API token. */
    public CloudflareAccess(App app, Secret token, Time time) {
        this(
                app,
                new CloudflareApi(CloudflareTraffic.settings(app).api(), token, Patience.SHORT, time, note -> {}),
                time);
    }

    CloudflareAccess(App app, CloudflareApi api, Time time) {
        this.settings = CloudflareTraffic.settings(app);
        this.names = new CloudflareNames(app.name());
        this.api = requireNonNull(api, "api is null");
        this.time = requireNonNull(time, "time is null");
    }

    /**
     * What was found.
     *
     * @param problems what keeps a deploy from working; empty where nothing does
     * @param remarks  what works and may surprise
     */
    public record Found(List<Diagnostic> problems, List<Diagnostic> remarks) {
        /** Copies the lists. */
        public Found {
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }
    }

    /** Looks; never throws for what it is there to find. */
    public Found look() throws InterruptedException {
        List<Diagnostic> remarks = new ArrayList<>();
        try {
            Optional<JsonNode> ofUser = verified("/user");
            Whereabouts where = Whereabouts.find(api, settings);
            where.remark().ifPresent(remarks::add);
            JsonNode token = ofUser.isPresent()
                    ? ofUser.get()
                    : verified("/accounts/" + where.account()).orElseThrow(CloudflareAccess::unknown);
            remarkExpiry(token).ifPresent(remarks::add);
            Set<Permission> missing = missing(where);
            if (!missing.isEmpty()) {
                return new Found(List.of(lacks(missing)), remarks);
            }
            hostname(where).ifPresent(remarks::add);
            return new Found(List.of(), remarks);
        } catch (Failure e) {
            return new Found(e.diagnostics(), remarks);
        }
    }

    @Override
    public void close() {
        api.close();
    }

    /**
     * What is said of the token by whom it belongs to, a user or an account; empty where they don't know it. Both kinds do
     * for load balancing, and each is unknown to the other's address (Cloudflare API, "Verify Token" of users and accounts).
     */
    private Optional<JsonNode> verified(String owner) throws InterruptedException {
        try {
            JsonNode token = api.call(ApiRequest.get(owner + "/tokens/verify", "verify the token", Permission.NONE))
                    .result();
            requireActive(token);
            return Optional.of(token);
        } catch (Failure e) {
            if (ApiFailures.unknownToken(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireActive(JsonNode token) {
        String status = token.path("status").asString("");
        if (!status.equals("active")) {
            throw Failure.of(Diagnostic.of(
                    "cloudflare-token-" + status, "the token in " + ApiFailures.TOKEN + " is " + status, RENEW));
        }
    }

    private static Failure unknown() {
        return Failure.of(Diagnostic.of(
                ApiFailures.UNKNOWN_TOKEN,
                "Cloudflare lists zones to the token in " + ApiFailures.TOKEN
                        + ", and neither a user nor the zone's account knows it",
                "If it belongs to another account than the zone's, make one in the zone's."));
    }

    private Optional<Diagnostic> remarkExpiry(JsonNode token) {
        return expiry(token.path("expires_on").asString(""))
                .filter(end -> end.isBefore(time.now().plus(SOON)))
                .map(end -> Diagnostic.of(
                        "cloudflare-token-expires", "the token in " + ApiFailures.TOKEN + " expires at " + end, RENEW));
    }

    private static Optional<Instant> expiry(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Set<Permission> missing(Whereabouts where) throws InterruptedException {
        Set<Permission> missing = EnumSet.noneOf(Permission.class);
        for (Kind kind : Kind.values()) {
            ApiRequest request = ApiRequest.delete(
                    kind.path(where) + "/" + NOBODYS_ID, "change a " + kind.word(), kind.permission());
            if (!may(request)) {
                missing.add(kind.permission());
            }
        }
        if (!may(records(where))) {
            missing.add(Permission.DNS_READ);
        }
        return missing;
    }

    private boolean may(ApiRequest request) throws InterruptedException {
        try {
            Optional<Reply> ignored = api.callIfThere(request);
            return true;
        } catch (Failure e) {
            if (e.diagnostic().code().equals(ApiFailures.PERMISSION)) {
                return false;
            }
            if (e.diagnostic().code().equals(ApiFailures.REFUSED)) {
                return true; // for what was asked, not for who asked
            }
            throw e;
        }
    }

    private static Diagnostic lacks(Set<Permission> missing) {
        String words = missing.stream().map(one -> "'" + one.words() + "'").collect(Collectors.joining(", "));
        return Diagnostic.of(
                ApiFailures.PERMISSION,
                "the token in " + ApiFailures.TOKEN + " lacks " + words,
                "Add it to the token where it was made (My Profile > API Tokens, or Manage Account > Account API Tokens),"
                        + " for this account and zone.");
    }

    private Optional<Diagnostic> hostname(Whereabouts where) throws InterruptedException {
        for (JsonNode balancer :
                list(ApiRequest.get(Kind.BALANCER.path(where), "list the load balancers", Permission.LOAD_BALANCERS))) {
            if (balancer.path("name").asString("").toLowerCase(Locale.ROOT).equals(settings.hostname())) {
                return balancer(balancer);
            }
        }
        return list(records(where)).stream()
                .filter(record -> ADDRESSES.contains(record.path("type").asString("")))
                .findFirst()
                .map(this::record);
    }

    private Optional<Diagnostic> balancer(JsonNode balancer) {
        if (!names.ours(balancer)) {
            throw Setup.notOurs("load balancer " + settings.hostname(), names.description());
        }
        if (balancer.path("proxied").asBoolean(false) == settings.proxied()) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.of(
                "cloudflare-proxied",
                settings.hostname() + " is " + (settings.proxied() ? "not " : "") + "proxied at Cloudflare, unlike"
                        + " traffic.proxied says",
                "The next deploy sets it as the configuration says."));
    }

    private Diagnostic record(JsonNode record) {
        boolean proxied = record.path("proxied").asBoolean(false);
        return Diagnostic.of(
                "cloudflare-record",
                settings.hostname() + " has a " + record.path("type").asString("other") + " record ("
                        + (proxied ? "proxied" : "DNS only") + ")",
                "From the first deploy on the load balancer answers in its place; before, see that the new servers"
                        + " take its traffic"
                        + (proxied ? "." : ", and that its addresses are known to resolvers for a while longer."));
    }

    private List<JsonNode> list(ApiRequest request) throws InterruptedException {
        return api.list(request).items();
    }

    private ApiRequest records(Whereabouts where) {
        return ApiRequest.get(
                where.inZone() + "/dns_records?name=" + URLEncoder.encode(settings.hostname(), StandardCharsets.UTF_8),
                "read DNS records",
                Permission.DNS_READ);
    }
}
