package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;

/** What can be wrong with secrets, as far as no store has to be asked. */
final class SecretMistakes {
    private static final String REGION = "secrets: env-file:secrets.env\n";
    private static final String APP = "env: { LOG_LEVEL: info }";

    private SecretMistakes() {}

    static List<Mistake> all() {
        return List.of(
                both(
                        APP,
                        APP + "\nssh: { deploy_key: #env:MY-KEY }\n",
                        "ssh.deploy_key: 'env:MY-KEY' does not name a variable",
                        "env:MERIDIAN_DEPLOY_KEY"),
                both(
                        APP,
                        APP + "\nssh: { deploy_key: #vault:a }\n",
                        "ssh.deploy_key: 'a' is not the place of a secret",
                        "MOUNT/PATH"),
                both(
                        APP,
                        APP + "\nssh: { deploy_key: #'-----BEGIN OPENSSH PRIVATE KEY----- a: b' }\n",
                        "ssh.deploy_key: this is a private key itself, which does not belong into this file",
                        "env:MERIDIAN_DEPLOY_KEY"),
                both(
                        REGION,
                        "secrets: #vault:a\n",
                        "regions.eu.secrets: 'a' is not the place of a secret",
                        "MOUNT/PATH"),
                both(REGION, "secrets: #vault:a/b@0\n", "regions.eu.secrets: 'a/b@0' is not the place", "@VERSION"),
                both(
                        REGION,
                        "secrets: #'aws-secretsmanager:a b'\n",
                        "regions.eu.secrets: 'a b' is not the name of a secret in AWS",
                        "REGION:"),
                loader(
                        REGION,
                        "secrets: #aws-secretsmanager:arn:aws:s3:::journal\n",
                        "regions.eu.secrets: 'arn:aws:s3:::journal' is not the name",
                        "an ARN"),
                both(REGION, "secrets: #'command: '\n", "regions.eu.secrets: there is no command", "command line"),
                loader(
                        REGION,
                        "secrets: #command:op read x | jq .\n",
                        "regions.eu.secrets: the command runs without a shell, so '|' would not work",
                        "a script of yours"),
                both(REGION, "#secrets: {}\n", "regions.eu.secrets: there is nothing in it", "Write 'from:'"),
                both(
                        REGION,
                        "secrets: { #form: env-file:secrets.env }\n",
                        "there is no key 'form' in regions.eu.secrets",
                        "Did you mean 'from'?"),
                both(REGION, "secrets: { required: #KEY }\n", "regions.eu.secrets.required: 'KEY' stands where a", "["),
                both(
                        REGION,
                        "secrets: { required: [#1KEY] }\n",
                        "regions.eu.secrets.required[1]: '1KEY' can't be a variable's name",
                        "[DATABASE_URL]"),
                both(
                        REGION,
                        "secrets: { required: [KEY, #KEY] }\n",
                        "regions.eu.secrets.required[2]: 'KEY' is listed twice",
                        "Remove one"),
                both(APP, APP + "\nsecrets: #a\n", "secrets: 'a' is not a reference to secrets", "env-file:"),
                loader(
                        APP,
                        APP + "\nsecrets: [env-file:secrets.env, #env-file:none.env]\n",
                        "secrets[2]: there is no file",
                        "NAME=value"));
    }
}
