package org.meridian.drivers.secretsmanager;

import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.spi.SecretStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what the service's refusals mean and what to do about each.
 *
 * <p>The codes are those of the AWS Secrets Manager API Reference, "GetSecretValue" and "Common Error Types".
 */
final class SecretsManagerFailures {
    private static final String CREDENTIALS = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run"
            + " 'aws sso login'; 'aws sts get-caller-identity' tells who you are.";

    private final String reference;
    private final Optional<String> version;

    SecretsManagerFailures(String reference, Optional<String> version) {
        this.reference = reference;
        this.version = version;
    }

    Failure of(SdkException e) {
        return switch (e) {
            case AwsServiceException refusal -> refused(refusal);
            case ApiCallTimeoutException timeout -> unreachable("did not answer in time", "");
            case ApiCallAttemptTimeoutException timeout -> unreachable("did not answer in time", "");
            default -> notSent(String.valueOf(e.getMessage()));
        };
    }

    private Failure refused(AwsServiceException e) {
        String code = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        String words = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("");
        return switch (code) {
            case "ResourceNotFoundException" -> missing(words);
            case "InvalidRequestException", "InvalidParameterException", "ValidationException" ->
                usage("secret-refused", "Secrets Manager refuses " + reference, "Correct the reference.", words);
            case "AccessDeniedException" ->
                failed(
                        "secret-forbidden",
                        "you may not read " + reference,
                        "Let the role or user that is named have secretsmanager:GetSecretValue on it"
                                + " (and kms:Decrypt where it has a key of its own).",
                        words);
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "InvalidClientTokenId",
                    "IncompleteSignature",
                    "ExpiredTokenException" ->
                failed(
                        "aws-credentials",
                        "AWS does not take these credentials, so " + reference + " can't be read",
                        CREDENTIALS,
                        words);
            case "DecryptionFailure" ->
                failed(
                        "secret-forbidden",
                        reference + " can't be decrypted",
                        "Let the role or user have kms:Decrypt on the secret's key, and see that the key is enabled.",
                        words);
            default -> unreachable("refused " + reference + " (" + e.statusCode() + " " + code + ")", words);
        };
    }

    private Failure missing(String words) {
        return version.filter(SecretName::isVersionId)
                .map(id -> usage(
                        SecretStore.NO_SUCH_VERSION,
                        "there is no version " + id + " of " + reference,
                        "Leave the version away for the current one; 'aws secretsmanager list-secret-version-ids'"
                                + " lists what there is.",
                        words))
                .orElseGet(() -> usage(
                        "missing-secret",
                        "there is no secret behind " + reference,
                        "Correct the name, or the region (REGION:NAME); 'aws secretsmanager list-secrets' lists what"
                                + " there is.",
                        words));
    }

    /** What the SDK says before anything went over the wire, or when nothing could. */
    private Failure notSent(String message) {
        if (message.contains("Unable to load credentials")) {
            return usage("aws-credentials", "there are no credentials for AWS to read " + reference, CREDENTIALS, "");
        }
        if (message.contains("Unable to load region")) {
            return usage(
                    "aws-region",
                    "it is not known in which region of AWS " + reference + " is",
                    "Write aws-secretsmanager:REGION:NAME, or set AWS_REGION.",
                    "");
        }
        return unreachable("can't be reached", message.lines().findFirst().orElse(""));
    }

    private Failure unreachable(String what, String words) {
        return silent(
                "secrets-manager-unreachable",
                "AWS Secrets Manager " + what,
                "See that it can be reached from here (AWS_ENDPOINT_URL, proxy), then run the command again.",
                words.isEmpty() ? "wanted: " + reference : words);
    }

    private static Failure usage(String code, String summary, String suggestion, String words) {
        return Failure.usage(Diagnostic.of(code, summary, suggestion).withDetail(words));
    }

    private static Failure silent(String code, String summary, String suggestion, String words) {
        return Failure.noAnswer(Diagnostic.of(code, summary, suggestion).withDetail(words));
    }

    private static Failure failed(String code, String summary, String suggestion, String words) {
        return Failure.of(Diagnostic.of(code, summary, suggestion).withDetail(words));
    }
}
