package org.meridian.drivers.cloudflare;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.meridian.core.model.AppName;
import org.meridian.core.model.CloudflareSettings;
import org.meridian.core.model.DnsAddress;
import org.meridian.core.model.DnsRecord;
import org.meridian.core.model.DnsRecordSettings;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.DnsRecords;
import org.meridian.core.spi.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records in zones at Cloudflare, which only answers DNS for them (not proxied). What Meridian made has the app's name in its comment
 * (Cloudflare API, "DNS Records for a Zone").
 */
public final class CloudflareRecords implements DnsRecords {
    private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What Cloudflare means by a TTL of 1, "automatic", for records that it does not proxy. */
    private static final Duration AUTOMATIC = Duration.ofMinutes(5);

    private final CloudflareNames names;
    private final DnsRecordSettings settings;
    private final CloudflareApi api;
    private final Map<String, Whereabouts> zones = new HashMap<>();

    /**
     * Those of an app.
     *
     * @param token an API token
     * @param notes is told what is waited for when that takes long
     */
    public CloudflareRecords(AppName app, DnsRecordSettings settings, Secret token, Time time, Consumer<String> notes) {
        this(app, settings, new CloudflareApi(settings.api(), token, Patience.USUAL, time, notes));
    }

    CloudflareRecords(AppName app, DnsRecordSettings settings, CloudflareApi api) {
        this.names = new CloudflareNames(app);
        this.settings = requireNonNull(settings, "settings is null");
        this.api = requireNonNull(api, "api is null");
    }

    @Override
    public List<DnsRecord> read(String name) throws InterruptedException {
        return found(name).stream().map(json -> record(name, json)).toList();
    }

    @Override
    public void add(String name, DnsAddress address) throws InterruptedException {
        if (of(name, address).isEmpty()) {
            JsonNode body = JSON.createObjectNode()
                    .put("type", address.type())
                    .put("name", name)
                    .put("content", address.toString())
                    .put("ttl", settings.ttl().toSeconds())
                    .put("proxied", false)
                    .put("comment", names.description());
            Reply ignored = api.call(ApiRequest.post(
                    path(name),
                    body,
                    "add the record " + address.type() + " " + address + " to " + name,
                    Permission.DNS_EDIT));
        }
    }

    @Override
    public void remove(DnsRecord record) throws InterruptedException {
        if (!record.ours()) {
            throw new IllegalArgumentException("the record " + record.words() + " is somebody else's");
        }
        for (JsonNode json : found(record.name())) {
            if (record(record.name(), json).equals(record) || sameAddress(record, record(record.name(), json))) {
                Optional<Reply> ignored = api.callIfThere(ApiRequest.delete(
                        path(record.name()) + "/" + json.path("id").asString(""),
                        "remove the record " + record.words() + " of " + record.name(),
                        Permission.DNS_EDIT));
            }
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private static boolean sameAddress(DnsRecord record, DnsRecord other) {
        return other.ours() && other.address().isPresent() && other.address().equals(record.address());
    }

    private Optional<DnsRecord> of(String name, DnsAddress address) throws InterruptedException {
        return read(name).stream()
                .filter(record -> record.address().equals(Optional.of(address)))
                .findFirst();
    }

    private List<JsonNode> found(String name) throws InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        for (JsonNode json : api.list(
                        ApiRequest.get(path(name) + query, "read the records of " + name, Permission.DNS_READ))
                .items()) {
            boolean named = json.path("name").asString("").equals(name);
            if (named && TYPES.contains(json.path("type").asString(""))) {
                found.add(json);
            }
        }
        return found;
    }

    private DnsRecord record(String name, JsonNode json) {
        long seconds = json.path("ttl").asLong(1);
        return new DnsRecord(
                name,
                json.path("type").asString(""),
                json.path("content").asString(""),
                seconds <= 1 ? AUTOMATIC : Duration.ofSeconds(seconds),
                json.path("comment").asString("").equals(names.description()));
    }

    private String path(String name) throws InterruptedException {
        Whereabouts where = zones.get(name);
        if (where == null) {
            CloudflareSettings usual = new CloudflareSettings(name);
            where = Whereabouts.find(
                    api,
                    new CloudflareSettings(
                            name,
                            settings.zone(),
                            usual.account(),
                            usual.steering(),
                            usual.affinity(),
                            false,
                            usual.checkEvery(),
                            settings.api()));
            zones.put(name, where);
        }
        return where.inZone() + "/dns_records";
    }
}
