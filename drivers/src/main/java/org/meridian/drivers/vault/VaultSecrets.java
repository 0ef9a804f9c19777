package org.meridian.drivers.vault;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.SecretText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets in Vault's key-value store, version 2: {@code vault:MOUNT/PATH[@VERSION]}.
 *
 * <p>The server is at {@code VAULT_ADDR}; the token is in {@code VAULT_TOKEN}, or in {@code ~/.vault-token}, where
 * {@code vault login} leaves it. {@code VAULT_NAMESPACE} is sent where it is set.
 */
public final class VaultSecrets implements SecretStore {
    private static final String SCHEME = "vault";
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<String, String> environment;
    private final Path home;
    private final Duration limit;

    /**
     * The server that these variables name.
     *
     * @param environment variables
     * @param home        the user's directory, where the token may be
     */
    public VaultSecrets(Map<String, String> environment, Path home) {
        this(environment, home, LIMIT);
    }

    VaultSecrets(Map<String, String> environment, Path home, Duration limit) {
        this.environment = Map.copyOf(environment);
        this.home = requireNonNull(home, "home is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /** What is not set of what it takes to ask Vault; nothing is asked. */
    public List<Diagnostic> missing() {
        return VaultServer.missing(environment, home);
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public boolean perLocation() {
        return false;
    }

    @Override
    public Values fetch(Wanted wanted) throws InterruptedException {
        String reference = SCHEME + ":" + wanted.name();
        VaultPath path = VaultPath.parse(wanted.name());
        Optional<String> version = wanted.version().or(path::version);
        VaultServer server = VaultServer.of(environment, home, limit);
        VaultServer.Answer answer = server.get(path.request(version));
        if (answer.status() != 200) {
            throw new VaultFailures(reference, path, version, server.toString())
                    .of(answer.status(), json(answer.body()));
        }
        return values(reference, server.toString(), answer.body());
    }

    /** What a good answer says; {@code server} is for messages. */
    static Values values(String reference, String server, String body) {
        JsonNode data = json(body).path("data");
        JsonNode number = data.path("metadata").path("version");
        if (!data.path("data").isObject() || !number.isIntegralNumber()) {
            throw Failure.usage(Diagnostic.of(
                    "bad-secrets",
                    server + " gave something for " + reference
                            + " that is not a secret of a key-value store, version 2",
                    "See with 'vault secrets list -detailed' that the mount is one (options: version:2)."));
        }
        return new Values(
                number.asString(), new SecretText(reference, data.path("data").toString()).json());
    }

    /** A node without anything in it when it is not JSON; what it is instead is nobody's business. */
    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
