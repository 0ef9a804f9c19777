package org.meridian.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param deployKey the reference to the key that all who deploy share; empty where each machine has its own
 * @param action where Meridian's action is: {@code OWNER/REPOSITORY@VERSION}
 */
record GithubWorkflow(App app, String config, String branch, Optional<String> deployKey, String action) {
    private static final String AWS = """

                  - name: Become the role that deploys
                    uses: aws-actions/configure-aws-credentials@b47578312673ae6fa5b5096b330d9fbac3d116df # v4.2.1
                    with:
                      role-to-assume: ${{ vars.AWS_DEPLOY_ROLE }}
                      aws-region: ${{ vars.AWS_REGION }}
            """;

    private static final Set<String> CLOUDS = Set.of("aws", "digitalocean", "terraform");
    private static final String ENV = "env:";
    private static final String USUAL_KEY = "MERIDIAN_DEPLOY_KEY";

    String text() {
        return template()
                .replace("@BRANCH@", branch)
                .replace("@APP@", app.name().value())
                .replace(
                        "@PERMISSIONS@",
                        aws() ? "\n      id-token: write # to become an AWS role without a stored key" : "")
                .replace("@SECRETS@", secrets())
                .replace("@ACTION@", action + inputs())
                .replace("@STEPS@", aws() ? AWS.stripTrailing().replaceAll("(?m)^ {6}", "") + "\n" : "")
                .replace("@CONFIG@", config);
    }

    /** What the steps that deploy get, and no other step does. */
    private String secrets() {
        List<String> names = new ArrayList<>(List.of("MERIDIAN_STATE_PASSWORD"));
        if (providers().contains("digitalocean")) {
            names.add("DIGITALOCEAN_TOKEN");
        }
        names.add("CLOUDFLARE_API_TOKEN");
        keyVariable().ifPresent(names::add);
        return names.stream()
                .map(name -> "\n          " + name + ": ${{ secrets." + name + " }}")
                .collect(Collectors.joining());
    }

    /** What the key is in; empty where it is in no variable, or where a key of the runner's own would do. */
    private Optional<String> keyVariable() {
        return deployKey.isPresent()
                ? deployKey.filter(text -> text.startsWith(ENV)).map(text -> text.substring(ENV.length()))
                : clouds() ? Optional.of(USUAL_KEY) : Optional.empty();
    }

    /** What a person has to write for a runner to be let in; empty where nothing is missing. */
    Optional<String> keyHint() {
        return deployKey.isEmpty() && clouds()
                ? Optional.of(
                        "Servers in clouds let in the key that they were made with, and a runner forgets its own: write"
                                + " 'ssh: { deploy_key: " + ENV + USUAL_KEY + " }' in " + config
                                + " and keep the key in the secret " + USUAL_KEY + " (docs/team.md).")
                : Optional.empty();
    }

    private boolean clouds() {
        return providers().stream().anyMatch(CLOUDS::contains);
    }

    private String inputs() {
        return providers().contains("hosts") && deployKey.isEmpty()
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
