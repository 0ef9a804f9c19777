package org.meridian.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;

/**
 * The workflow of GitHub Actions for an app: what it needs to know about clouds is in it, secrets come from the repository's.
 *
 * @param app    the app
 * @param config the configuration, from the repository's root
 * @param branch what is pushed to this branch is deployed
 * @param action where Meridian's action is: {@code OWNER/REPOSITORY@VERSION}
 */
record GithubWorkflow(App app, String config, String branch, String action) {
    private static final String AWS = """

                  - name: Become the role that deploys
                    uses: aws-actions/configure-aws-credentials@v4
                    with:
                      role-to-assume: ${{ vars.AWS_DEPLOY_ROLE }}
                      aws-region: ${{ vars.AWS_REGION }}
            """;

    String text() {
        return template()
                .replace("@BRANCH@", branch)
                .replace("@APP@", app.name().value())
                .replace(
                        "@PERMISSIONS@",
                        aws() ? "\n  id-token: write # to become an AWS role without a stored key" : "")
                .replace("@ENVIRONMENT@", environment())
                .replace("@ACTION@", action + inputs())
                .replace("@STEPS@", aws() ? AWS.stripTrailing().replaceAll("(?m)^ {6}", "") + "\n" : "")
                .replace("@CONFIG@", config);
    }

    private String environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REGISTRY", "vars.REGISTRY");
        variables.put("REGISTRY_USER", "vars.REGISTRY_USER");
        variables.put("REGISTRY_PASSWORD", "secrets.REGISTRY_PASSWORD");
        variables.put("MERIDIAN_STATE_PASSWORD", "secrets.MERIDIAN_STATE_PASSWORD");
        if (providers().contains("digitalocean")) {
            variables.put("DIGITALOCEAN_TOKEN", "secrets.DIGITALOCEAN_TOKEN");
        }
        variables.put("CLOUDFLARE_API_TOKEN", "secrets.CLOUDFLARE_API_TOKEN");
        return variables.entrySet().stream()
                .map(variable -> "\n      " + variable.getKey() + ": ${{ " + variable.getValue() + " }}")
                .collect(Collectors.joining());
    }

    private String inputs() {
        return providers().contains("hosts")
                ? "\n        with:"
                        + "\n          ssh-private-key: ${{ secrets.SSH_PRIVATE_KEY }}"
                        + "\n          known-hosts: ${{ vars.SSH_KNOWN_HOSTS }}"
                : "";
    }

    private boolean aws() {
        return providers().contains("aws");
    }

    private Set<String> providers() {
        return app.regions().stream().map(Region::provider).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String template() {
        try (InputStream file = GithubWorkflow.class.getResourceAsStream("github-workflow.yml")) {
            if (file == null) {
                throw new IllegalStateException("github-workflow.yml is missing in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
