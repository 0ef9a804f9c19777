package org.meridian.drivers.secretsmanager;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import org.meridian.drivers.secret.SecretText;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Secrets in AWS Secrets Manager: {@code aws-secretsmanager:[REGION:]NAME[@VERSION]}, a JSON object or
 * {@code NAME=value} lines.
 *
 * <p>The AWS region is the reference's own, else the location of Meridian's region where that is a region of AWS, else
 * the one that AWS's own tools would use. Credentials and the endpoint ({@code AWS_ENDPOINT_URL}) come from where those
 * take them. The version that is remembered is the id of the content found, never a label.
 */
public final class SecretsManagerSecrets implements SecretStore {
    private static final String SCHEME = "aws-secretsmanager";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(12);

    private final Duration attempt;
    private final Duration call;

    /** The service as AWS's own tools would find it. */
    public SecretsManagerSecrets() {
        this(ATTEMPT, CALL);
    }

    SecretsManagerSecrets(Duration attempt, Duration call) {
        this.attempt = requireNonNull(attempt, "attempt is null");
        this.call = requireNonNull(call, "call is null");
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
        return true;
    }

    @Override
    public Values fetch(Wanted wanted) {
        SecretName name = SecretName.parse(wanted.name());
        Optional<String> version = wanted.version().or(name::version);
        String reference = SCHEME + ":" + wanted.name();
        try (SecretsManagerClient client = client(name, wanted.location())) {
            GetSecretValueResponse response = client.getSecretValue(request(name.id(), version));
            return new Values(response.versionId(), new SecretText(reference, text(reference, response)).parse());
        } catch (SdkException e) {
            throw new SecretsManagerFailures(reference, version).of(e);
        }
    }

    private SecretsManagerClient client(SecretName name, String location) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(attempt))
                .overrideConfiguration(limits -> limits.apiCallTimeout(call).apiCallAttemptTimeout(attempt));
        name.region().or(() -> awsRegion(location)).map(Region::of).ifPresent(builder::region);
        return builder.build();
    }

    private static Optional<String> awsRegion(String location) {
        return Region.regions().stream()
                .map(Region::id)
                .filter(location::equals)
                .findFirst();
    }

    private static GetSecretValueRequest request(String id, Optional<String> version) {
        GetSecretValueRequest.Builder request = GetSecretValueRequest.builder().secretId(id);
        version.ifPresent(wanted -> {
            if (SecretName.isVersionId(wanted)) {
                request.versionId(wanted);
            } else {
                request.versionStage(wanted);
            }
        });
        return request.build();
    }

    private static String text(String reference, GetSecretValueResponse response) {
        String text = response.secretString();
        if (text == null) {
            throw Failure.usage(Diagnostic.of(
                    "bad-secrets",
                    reference + " is a binary secret",
                    "Store text there: a JSON object, or NAME=value lines."));
        }
        return text;
    }
}
