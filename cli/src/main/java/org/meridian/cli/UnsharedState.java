package org.meridian.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.meridian.config.Configuration;
import org.meridian.config.StateLocation;
import org.meridian.core.diagnostic.Diagnostic;

/** Says that others can reach the servers and lack what it takes to work on them. */
final class UnsharedState {
    private static final Set<String> CLOUDS = Set.of("aws", "digitalocean", "terraform");

    private UnsharedState() {}

    /** The first problem; empty where everything is shared, or where all servers are on this machine as well. */
    static Optional<Diagnostic> problem(Configuration configuration) {
        return configuration.state() instanceof StateLocation.Directory here
                ? state(configuration, here)
                : terraformStates(configuration).or(() -> deployKey(configuration));
    }

    private static Optional<Diagnostic> state(Configuration configuration, StateLocation.Directory here) {
        return regions(configuration, provider -> !provider.equals("local"))
                .map(shared -> Diagnostic.of(
                        "state-not-shared",
                        "The servers in " + shared + " can be reached from anywhere, and what is known of them"
                                + " and the lock are in " + here.path() + " alone.",
                        "A deploy from another machine is refused. For a team or CI write 'state: s3://…' or"
                                + " 'state: postgresql://…' (docs/state.md)."));
    }

    /** Without them another machine sees no server and makes all of them a second time. */
    private static Optional<Diagnostic> terraformStates(Configuration configuration) {
        return configuration.terraform().backend().equals("local")
                ? regions(configuration, CLOUDS::contains)
                        .map(clouds -> Diagnostic.of(
                                "terraform-state-not-shared",
                                "Terraform's states of " + clouds + " are in " + configuration.local()
                                        + " alone: another machine that deploys sees none of the servers there.",
                                "Write 'backend' under 'terraform', such as { type: s3, bucket: …, region: … }"
                                        + " (docs/clouds.md)."))
                : Optional.empty();
    }

    private static Optional<Diagnostic> deployKey(Configuration configuration) {
        return configuration.deployKey().isPresent()
                ? Optional.empty()
                : regions(configuration, CLOUDS::contains)
                        .map(clouds -> Diagnostic.of(
                                "deploy-key-not-shared",
                                "The key that opens the servers in " + clouds + " is in " + configuration.local()
                                        + " alone: another machine can't finish what this one begins.",
                                "Write 'ssh: { deploy_key: env:MERIDIAN_DEPLOY_KEY }' and keep the key in a store of secrets"
                                        + " (docs/team.md)."));
    }

    private static Optional<String> regions(Configuration configuration, Predicate<String> provider) {
        List<String> names = configuration.app().regions().stream()
                .filter(region -> provider.test(region.provider()))
                .map(region -> region.name().value())
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }
}
