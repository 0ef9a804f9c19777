package org.meridian.drivers.secretsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of AWS Secrets Manager as reading a secret takes, over HTTP in its JSON 1.1 protocol; what it does not know, it
 * refuses. The answers are those of the AWS Secrets Manager API Reference, "GetSecretValue" and "Common Error Types".
 */
final class FakeSecretsManager implements AutoCloseable {
    /** The one access key that it knows. */
    static final String KEY = "AKIAIOSFODNN7EXAMPLE";

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=(?<key>[A-Z0-9]+)/\\d{8}/"
            + "(?<region>[a-z0-9-]+)/secretsmanager/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}");
    private static final Set<String> KNOWN = Set.of("SecretId", "VersionId", "VersionStage");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, Stored> secrets = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private String fault = "";

    FakeSecretsManager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A new version of a secret; returns its id. */
    synchronized String put(String region, String name, String text) {
        return secrets.computeIfAbsent(region + " " + name, unused -> new Stored(region, name))
                .put(text);
    }

    /** From now on: {@code denied}, {@code deleted}, {@code binary}, {@code silent}, {@code broken} or {@code garbage}. */
    synchronized void fails(String how) {
        fault = how;
    }

    /** What names it wherever the client is. */
    static String arn(String region, String name) {
        return "arn:aws:secretsmanager:" + region + ":123456789012:secret:" + name + "-1aBcDe";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getOrDefault("X-Amz-Target", List.of()),
                    exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(String line, List<String> target, List<String> type, String authorization, String body)
            throws InterruptedException {
        if (fault().equals("silent")) {
            closing.await();
        }
        Matcher signed = AUTHORIZATION.matcher(authorization);
        if (!line.equals("POST /")
                || !target.equals(List.of("secretsmanager.GetSecretValue"))
                || !type.equals(List.of("application/x-amz-json-1.1"))) {
            return Answer.error("UnknownOperationException", line + " " + target + " " + type);
        }
        if (!signed.matches()) {
            return Answer.error("IncompleteSignature", authorization);
        }
        if (!signed.group("key").equals(KEY)) {
            return Answer.error(
                    "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        return answer(signed.group("region"), JSON.readTree(body));
    }

    private synchronized String fault() {
        return fault;
    }

    private synchronized Answer answer(String region, JsonNode request) {
        if (!KNOWN.containsAll(request.propertyNames())
                || !request.path("SecretId").isString()) {
            return Answer.error("ValidationException", "unknown: " + request.propertyNames());
        }
        Stored stored = secrets.values().stream()
                .filter(one -> one.region.equals(region))
                .filter(one -> Set.of(one.name, arn(region, one.name))
                        .contains(request.path("SecretId").asString()))
                .findFirst()
                .orElse(null);
        return switch (fault) {
            case "denied" ->
                Answer.error(
                        "AccessDeniedException",
                        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform:"
                                + " secretsmanager:GetSecretValue");
            case "broken" -> new Answer(500, "{\"__type\":\"InternalServiceError\",\"Message\":\"later\"}");
            case "garbage" -> new Answer(200, "<html>hunter2</html>");
            default ->
                stored == null
                        ? Answer.error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
                        : stored.answer(request, fault);
        };
    }

    /** A secret with all its versions. */
    private static final class Stored {
        private final String region;
        private final String name;
        private final Map<String, String> versions = new LinkedHashMap<>();
        private final Map<String, String> labels = new HashMap<>();

        Stored(String region, String name) {
            this.region = region;
            this.name = name;
        }

        String put(String text) {
            String id = UUID.randomUUID().toString();
            versions.put(id, text);
            String former = labels.put("AWSCURRENT", id);
            if (former != null) {
                labels.put("AWSPREVIOUS", former);
            }
            return id;
        }

        Answer answer(JsonNode request, String fault) {
            if (fault.equals("deleted")) {
                return Answer.error(
                        "InvalidRequestException",
                        "You can't perform this operation on the secret because it was marked for deletion.");
            }
            String id = request.path("VersionId").asString("");
            String label = request.path("VersionStage").asString("AWSCURRENT");
            String found = id.isEmpty() ? labels.get(label) : id;
            if (found == null || !versions.containsKey(found)) {
                String what = id.isEmpty() ? "staging label: " + label : "VersionId: " + id;
                return Answer.error(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for " + what);
            }
            ObjectNode json = JSON.createObjectNode();
            json.put("ARN", arn(region, name)).put("Name", name).put("CreatedDate", 1.7672256E9);
            json.put("VersionId", found);
            if (fault.equals("binary")) {
                json.put("SecretBinary", "aHVudGVyMg==");
            } else {
                json.put("SecretString", versions.get(found));
            }
            return new Answer(200, json.toString());
        }
    }

    private record Answer(int status, String body) {
        static Answer error(String type, String message) {
            return new Answer(
                    400,
                    JSON.createObjectNode()
                            .put("__type", type)
                            .put("Message", message)
                            .toString());
        }
    }
}
