package org.meridian.drivers.cloudflare;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meridian.core.spi.Time;
import org.meridian.drivers.cloudflare.FakeFaults.Fault;
import org.meridian.drivers.cloudflare.PlainHttp.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API over HTTP: paths, permissions, Cloudflare's envelope around results and errors, and what goes wrong. */
final class FakeApi implements AutoCloseable {
    static final String TOKEN = "correct-horse-battery-staple-0123456789";
    private static final String PREFIX = "/client/v4";
    private static final String RECORDS = "/zones/" + FakeAccount.ZONE + "/dns_records";
    private static final Pattern OBJECT = Pattern.compile(
            "/(?:accounts/(?<account>\\w+)|zones/(?<zone>\\w+))/load_balancers(?:/(?<kind>monitors|pools))?"
                    + "(?:/(?<id>\\w+)(?<health>/health)?)?");
    private static final Pattern PAGED =
            Pattern.compile("(?<list>.+)[?&]page=(?<page>[0-9]+)&per_page=(?<size>[0-9]+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeAccount account;
    private final FakeChecks checks;
    private final FakeFaults faults;
    private final OfficialDescription description;
    private final Time time;
    private final PlainHttp server;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    final Set<Permission> allowed = EnumSet.allOf(Permission.class);
    final ArrayNode records = JsonNodeFactory.instance.arrayNode();
    final List<ObjectNode> zones = new CopyOnWriteArrayList<>(
            List.of(zone(FakeAccount.ZONE, FakeAccount.ZONE_NAME, "active", FakeAccount.ACCOUNT, "A team")));
    volatile int pageSize = 20;
    volatile boolean readOnly;
    volatile boolean revoked;
    volatile boolean ofAccount;
    volatile String tokenStatus = "active";

    FakeApi(FakeAccount account, FakeChecks checks, FakeFaults faults, OfficialDescription description, Time time) {
        this.account = account;
        this.checks = checks;
        this.faults = faults;
        this.description = description;
        this.time = time;
        this.server = new PlainHttp(this::handle);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.port() + PREFIX);
    }

    /** Every request so far: method, path, body. */
    List<String> log() {
        return List.copyOf(log);
    }

    void clearLog() {
        log.clear();
    }

    @Override
    public void close() {
        server.close();
    }

    private Optional<PlainHttp.Answer> handle(Request request) {
        String asked = request.method() + " " + path(request);
        log.add(request.body().isEmpty() ? asked : asked + " " + request.body());
        faults.arrived(asked);
        Optional<Fault> fault = faults.of(asked);
        Optional<Duration> limit = faults.limit();
        if (limit.isPresent()) {
            return Optional.of(send(request, limited(limit.get())));
        }
        return fault.isPresent() ? goWrong(request, fault.get()) : Optional.of(send(request, answer(request)));
    }

    private static String path(Request request) {
        return request.path().substring(PREFIX.length());
    }

    private Optional<PlainHttp.Answer> goWrong(Request request, Fault fault) {
        if (fault == Fault.DONE_BUT_BROKEN || fault == Fault.DONE_BUT_CUT) {
            answer(request);
        }
        return switch (fault) {
            case LIMITED -> Optional.of(send(request, limited(Duration.ofSeconds(1))));
            case LIMITED_LONG -> Optional.of(send(request, limited(Duration.ofMinutes(10))));
            case BROKEN -> Optional.of(send(request, error(500, 1000, "internal server error")));
            case DONE_BUT_BROKEN -> Optional.of(new PlainHttp.Answer(502, Map.of(), "<html>502 Bad Gateway</html>"));
            case CUT, DONE_BUT_CUT -> Optional.empty();
        };
    }

    private Answer answer(Request request) {
        try {
            String token = request.headers().getOrDefault("authorization", "");
            if (revoked || !token.equals("Bearer " + TOKEN)) {
                throw new FakeRefusal(401, 10000, "Authentication error: " + token);
            }
            Matcher paged = PAGED.matcher(path(request));
            if (!paged.matches()) {
                return good(route(request.method(), path(request), request.body()), 1, pageSize);
            }
            return good(
                    route(request.method(), paged.group("list"), request.body()),
                    Integer.parseInt(paged.group("page")),
                    Integer.parseInt(paged.group("size")));
        } catch (FakeRefusal e) {
            return error(e.status, e.code, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode route(String method, String path, String body) {
        if (path.endsWith("/tokens/verify")) {
            requireOwner(path.startsWith("/accounts/" + FakeAccount.ACCOUNT + "/"));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("id", "ed17574386854bf78a67040be0a770b0")
                    .put("status", tokenStatus);
        }
        if (path.startsWith("/zones?name=")) {
            require(Permission.ZONE_READ, method);
            return zones(path.substring("/zones?name=".length()));
        }
        if (path.startsWith(RECORDS)) {
            require(method.equals("GET") ? Permission.DNS_READ : Permission.DNS_EDIT, method);
            return new FakeRecords(records, time).answer(method, path.substring(RECORDS.length()), body);
        }
        Matcher object = OBJECT.matcher(path);
        if (!object.matches()) {
            throw new FakeRefusal(404, 7003, "Could not route to " + path);
        }
        Kind kind = kind(object);
        require(kind.permission(), method);
        return object.group("health") != null
                ? checks.of(account.get(Kind.POOL, object.group("id")))
                : operate(method, kind, object.group("id"), body);
    }

    /** Who does not have a token does not know it. */
    private void requireOwner(boolean account) {
        if (account != ofAccount) {
            throw new FakeRefusal(401, 1000, "Invalid API Token");
        }
    }

    private static Kind kind(Matcher object) {
        boolean known =
                FakeAccount.ACCOUNT.equals(object.group("account")) || FakeAccount.ZONE.equals(object.group("zone"));
        if (!known) {
            throw new FakeRefusal(404, 7003, "Could not route to that account or zone");
        }
        if (object.group("kind") == null) {
            return Kind.BALANCER;
        }
        return object.group("kind").equals("pools") ? Kind.POOL : Kind.MONITOR;
    }

    private JsonNode operate(String method, Kind kind, @Nullable String id, String body) {
        if (id == null) {
            return method.equals("GET") ? FakeAccount.list(account.all(kind)) : account.make(kind, JSON.readTree(body));
        }
        return switch (method) {
            case "GET" -> account.get(kind, id);
            case "PATCH" -> {
                JsonNode changed = account.change(kind, id, JSON.readTree(body));
                checks.forgetDisabled(changed);
                yield changed;
            }
            case "DELETE" -> {
                account.remove(kind, id);
                yield JsonNodeFactory.instance.objectNode().put("id", id);
            }
            default -> throw new FakeRefusal(405, 10405, "method not allowed");
        };
    }

    private void require(Permission permission, String method) {
        if (!allowed.contains(permission) || (readOnly && !method.equals("GET"))) {
            throw new FakeRefusal(403, 10000, "Authentication error");
        }
    }

    private JsonNode zones(String name) {
        return FakeAccount.list(zones.stream()
                .filter(zone -> zone.path("name").asString().equals(name))
                .toList());
    }

    static ObjectNode zone(String id, String name, String status, String account, String accountName) {
        ObjectNode zone = JsonNodeFactory.instance.objectNode();
        zone.put("id", id).put("name", name).put("status", status).put("development_mode", 0);
        zone.putObject("account").put("id", account).put("name", accountName);
        zone.putObject("owner").put("type", "organization");
        zone.putObject("plan").put("name", "Pro");
        zone.putObject("meta").put("step", 2);
        zone.putArray("name_servers").add("ns.example.net");
        zone.putNull("original_name_servers");
        zone.putNull("original_dnshost");
        zone.putNull("original_registrar");
        for (String when : List.of("created_on", "modified_on", "activated_on")) {
            zone.put(when, Instant.EPOCH.toString());
        }
        return zone;
    }

    private record Answer(int status, ObjectNode json, Optional<Duration> retryAfter) {}

    private static Answer good(JsonNode result, int page, int size) {
        if (!result.isArray()) {
            return good(result);
        }
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        result.valueStream().skip((page - 1L) * size).limit(size).forEach(shown::add);
        Answer answer = good(shown);
        answer.json()
                .putObject("result_info")
                .put("page", page)
                .put("per_page", size)
                .put("count", shown.size())
                .put("total_count", result.size())
                .put("total_pages", (result.size() + size - 1) / size);
        return answer;
    }

    private static Answer good(JsonNode result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("success", true);
        json.putArray("errors");
        json.putArray("messages");
        json.set("result", result);
        return new Answer(200, json, Optional.empty());
    }

    private static Answer error(int status, int code, String message) {
        ObjectNode json = JSON.createObjectNode();
        json.put("success", false);
        json.putArray("errors").addObject().put("code", code).put("message", message);
        json.putArray("messages");
        json.putNull("result");
        return new Answer(status, json, Optional.empty());
    }

    private static Answer limited(Duration wait) {
        Answer error = error(429, 10429, "Please wait and consider throttling your request speed");
        return new Answer(error.status(), error.json(), Optional.of(wait));
    }

    private PlainHttp.Answer send(Request request, Answer answer) {
        String text = answer.json().toString();
        description.check(request, answer.status(), text);
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atOffset(ZoneOffset.UTC)));
        answer.retryAfter().ifPresent(wait -> headers.put("Retry-After", Long.toString(wait.toSeconds())));
        return new PlainHttp.Answer(answer.status(), headers, text);
    }
}
