package org.meridian.drivers.secretsmanager;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/**
 * Which secret, where: {@code [REGION:]NAME[@VERSION]}, where NAME may be an ARN, which has the region in it.
 *
 * <p>What a secret's name and a version are made of is in the AWS Secrets Manager API Reference, "CreateSecret" and
 * "GetSecretValue". A name may have an @ itself; then a version has to follow.
 *
 * @param region  the AWS region; empty where the reference names none
 * @param id      the secret's name or ARN
 * @param version a version's id, or a staging label such as AWSPREVIOUS; empty for AWSCURRENT
 */
record SecretName(Optional<String> region, String id, Optional<String> version) {
    private static final String REGION = "[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\\d{1,2}";
    private static final String PLAIN = "[A-Za-z0-9/_+=.@-]{1,512}";
    private static final Pattern FORM = Pattern.compile("(?:(?<arn>arn:aws[a-z-]*:secretsmanager:(?<arnregion>" + REGION
            + "):\\d{12}:secret:" + PLAIN + "?)|(?:(?<region>" + REGION + "):)?(?<name>" + PLAIN
            + "?))(?:@(?<version>[A-Za-z0-9._+=/-]{1,256}))?");
    private static final Pattern VERSION_ID = Pattern.compile("[A-Za-z0-9-]{32,64}");

    /** Reads it; throws a Failure of kind USAGE when it is something else. */
    static SecretName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Failure.usage(Diagnostic.of(
                    "bad-reference",
                    "'" + text + "' is not the name of a secret in AWS Secrets Manager",
                    "Write NAME, REGION:NAME or an ARN, and @VERSION where it is not to be the current one."));
        }
        Optional<String> arn = Optional.ofNullable(form.group("arn"));
        return new SecretName(
                Optional.ofNullable(form.group(arn.isPresent() ? "arnregion" : "region")),
                arn.orElseGet(() -> form.group("name")),
                Optional.ofNullable(form.group("version")));
    }

    /** Whether a version is an id, which always stands for the same content, and not a label. */
    static boolean isVersionId(String version) {
        return VERSION_ID.matcher(version).matches();
    }
}
