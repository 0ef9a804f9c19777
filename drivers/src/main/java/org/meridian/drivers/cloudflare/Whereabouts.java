package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.CloudflareSettings;

/**
 * Where in Cloudflare an app's hostname lives.
 *
 * @param zone    the zone
 * @param account the id of the account that the pools are in
 * @param passed  zones that might have been meant and that were not taken, since they are not active
 */
record Whereabouts(Zone zone, String account, List<Zone> passed) {
    Whereabouts {
        requireNonNull(zone, "zone is null");
        requireNonNull(account, "account is null");
        passed = List.copyOf(passed);
    }

    /** Asks for the zone of the hostname; throws a Failure where the token sees none that is active, or several. */
    static Whereabouts find(CloudflareApi api, CloudflareSettings settings) throws InterruptedException {
        List<String> candidates = settings.zone().map(List::of).orElseGet(() -> parents(settings.hostname()));
        List<Zone> passed = new ArrayList<>();
        for (String name : candidates) {
            List<Zone> zones = zones(api, name);
            List<Zone> active = zones.stream().filter(Zone::active).toList();
            passed.addAll(zones.stream().filter(zone -> !zone.active()).toList());
            if (!active.isEmpty()) {
                Zone zone = only(active, settings);
                return new Whereabouts(zone, settings.account().orElse(zone.account()), passed);
            }
        }
        throw Failure.of(passed.isEmpty() ? none(settings, candidates) : inactive(settings, passed));
    }

    /** Base path of what belongs to the account. */
    String inAccount() {
        return "/accounts/" + account + "/load_balancers";
    }

    /** Base path of what belongs to the zone. */
    String inZone() {
        return "/zones/" + zone.id();
    }

    /** What is worth saying of zones that were not taken; empty where there are none. */
    Optional<Diagnostic> remark() {
        return passed.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.of(
                        "cloudflare-zones",
                        "takes the zone " + zone.words() + " at Cloudflare, and found " + words(passed) + " too",
                        "If another was meant, make it active, or write 'zone' and 'account' below traffic."));
    }

    /** The one in the account that was written, where one was. */
    private static Zone only(List<Zone> active, CloudflareSettings settings) {
        List<Zone> meant = active.stream()
                .filter(zone -> settings.account().map(zone.account()::equals).orElse(true))
                .toList();
        List<Zone> left = meant.isEmpty() ? active : meant;
        if (left.size() > 1) {
            throw Failure.usage(Diagnostic.of(
                    "cloudflare-zones",
                    "the token sees several active zones at Cloudflare for " + settings.hostname() + ": " + words(left),
                    "Write the id of the account that is meant at traffic.account."));
        }
        return left.getFirst();
    }

    private static List<Zone> zones(CloudflareApi api, String name) throws InterruptedException {
        return api
                .list(ApiRequest.get(
                        "/zones?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8),
                        "find the zone " + name,
                        Permission.ZONE_READ))
                .items()
                .stream()
                .map(Zone::of)
                .toList();
    }

    private static Diagnostic none(CloudflareSettings settings, List<String> candidates) {
        return Diagnostic.of(
                "cloudflare-zone",
                "the token sees no zone at Cloudflare for " + settings.hostname() + " (asked for "
                        + String.join(", ", candidates) + ")",
                "Add the domain to Cloudflare, correct traffic.hostname or traffic.zone, or give the token '"
                        + Permission.ZONE_READ.words() + "' for it.");
    }

    private static Diagnostic inactive(CloudflareSettings settings, List<Zone> passed) {
        return Diagnostic.of(
                "cloudflare-zone-inactive",
                "Cloudflare has no active zone for " + settings.hostname() + ", only " + words(passed),
                "Set the domain's name servers to those that Cloudflare's dashboard shows for the zone, and run the"
                        + " command again once it is active.");
    }

    private static String words(List<Zone> zones) {
        return zones.stream().map(Zone::words).collect(Collectors.joining(", "));
    }

    /** The names that the zone of a hostname may have, the longest first; a zone has at least two parts. */
    private static List<String> parents(String hostname) {
        List<String> names = new ArrayList<>();
        for (String name = hostname; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            names.add(name);
        }
        return names;
    }
}
